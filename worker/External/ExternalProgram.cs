namespace Federation.Worker.External;

/// <summary>A program that runs one phase in place of this process. Immutable.</summary>
public sealed record ExternalProgram
{
    /// <summary>The phase, such as PC2.</summary>
    public required string Phase { get; init; }

    /// <summary>The executable file.</summary>
    public required string Program { get; init; }

    /// <summary>Its arguments, given as they are; no shell reads them.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>How many processes of it run.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>Tasks that each of them is given at once.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>Variables besides the base; a value of null is taken from the worker's own.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    /// <summary>The processors that it may use; null: the worker's.</summary>
    public CpuSet? Cpus { get; init; }

    /// <summary>How long it may take to say that it is ready.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one task may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Wait before it is started again after it died early, doubled each time, up to a minute.</summary>
    public TimeSpan RestartDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The phase as lines name it.</summary>
    public string LineName => Phase.ToLowerInvariant();

    /// <summary>Tasks that all processes together work on.</summary>
    public int Capacity => Processes * Concurrency;
}
