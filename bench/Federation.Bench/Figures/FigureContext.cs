namespace Federation.Bench.Figures;

/// <summary>What a figure may use.</summary>
/// <param name="Directory">An empty folder of its own, which is removed afterwards.</param>
/// <param name="ParentCacheDirectory">Folder of the parent cache files, which stay for the next run.</param>
/// <param name="ParameterDirectory">Folder of Groth16 parameters made for figures, which stay for the next run.</param>
/// <param name="Threads">Threads that it may compute with: its cores.</param>
/// <param name="Progress">Takes a line for whoever waits.</param>
/// <param name="Pause">To be called many times within the run of a long figure that has a reference, evenly: the
/// reference runs meanwhile, and what passes does not count.</param>
internal sealed record FigureContext(
    string Directory, string ParentCacheDirectory, string ParameterDirectory, int Threads, Action<string> Progress,
    Action Pause);
