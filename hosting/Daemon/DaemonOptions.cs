namespace Federation.Hosting.Daemon;

/// <summary>How a daemon is run.</summary>
public sealed record DaemonOptions
{
    /// <summary>How long a stop may take before it is forced. Default 30 s.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Ends the process by force with an exit code. Tests replace it.</summary>
    public Action<int> Exit { get; init; } = Environment.Exit;
}
