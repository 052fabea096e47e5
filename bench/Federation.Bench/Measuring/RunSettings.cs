namespace Federation.Bench.Measuring;

/// <summary>How figures are taken.</summary>
/// <param name="Limit">Time for one figure's rounds, warming up aside.</param>
/// <param name="ByProcessorTime">Take the process' processor time instead of the time on the wall.</param>
/// <param name="Directory">Folder for files that are written and removed again.</param>
/// <param name="ParentCacheDirectory">Folder of parent cache files, which stay.</param>
/// <param name="ParameterDirectory">Folder of Groth16 parameters that are made for figures, which stay.</param>
internal sealed record RunSettings(
    TimeSpan Limit, bool ByProcessorTime, string Directory, string ParentCacheDirectory, string ParameterDirectory);
