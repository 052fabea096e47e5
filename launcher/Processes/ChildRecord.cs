namespace Federation.Launcher.Processes;

/// <summary>A process that a launcher started, as remembered on disk.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Pid">Its process id.</param>
/// <param name="StartTicks">When it started, in clock ticks since the machine did.</param>
internal sealed record ChildRecord(string Name, int Pid, long StartTicks);
