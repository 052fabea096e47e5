namespace Federation.Worker.Session;

/// <summary>What this worker tells its agent of itself. Immutable.</summary>
public sealed record WorkerProfile
{
    /// <summary>The worker's uuid, kept in its repository.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name of this life, new at every start.</summary>
    public Guid Session { get; init; } = Guid.NewGuid();

    /// <summary>Host name, or what --name says.</summary>
    public required string Hostname { get; init; }

    /// <summary>Program and version.</summary>
    public required string Software { get; init; }

    /// <summary>Task codes that it runs.</summary>
    public required IReadOnlyList<string> Phases { get; init; }

    /// <summary>How many of each at once.</summary>
    public required IReadOnlyDictionary<string, uint> Slots { get; init; }

    /// <summary>PC1 of so many sectors in lockstep, in place of its slots; 0 = not offered.</summary>
    public uint Lanes { get; init; }

    /// <summary>Bytes that the layers of all lanes may take; 2^63-1 where they may lie on a disk.</summary>
    public ulong LanesMemoryBytes { get; init; }

    /// <summary>SECTOR_SIZE in bytes; 0 = not set.</summary>
    public ulong SectorSize { get; init; }

    /// <summary>MINER_ADDR; empty = not set.</summary>
    public string Miner { get; init; } = "";

    /// <summary>Group.</summary>
    public string Group { get; init; } = "";

    /// <summary>Memory that it may use; null = the machine's.</summary>
    public ulong? MemoryBytes { get; init; }
}
