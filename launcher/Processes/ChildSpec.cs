namespace Federation.Launcher.Processes;

/// <summary>A program to run.</summary>
/// <param name="Name">What it is called in messages, and its log's name.</param>
/// <param name="Program">Path, or name to be found in PATH.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Variables set beside those inherited.</param>
internal sealed record ChildSpec(
    string Name, string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment);
