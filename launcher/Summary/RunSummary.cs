using Federation.Launcher.Layout;
using Federation.Launcher.Parameters;
using Federation.Launcher.Wan;

namespace Federation.Launcher.Summary;

/// <summary>What a run came to.</summary>
internal sealed record RunSummary
{
    private static readonly string[] Order = ["AP", "PC1", "PC2", "C1", "C2", "FIN"];

    /// <summary>Sectors of the federation.</summary>
    public required int Sectors { get; init; }

    /// <summary>Those that prove.</summary>
    public required int Proving { get; init; }

    /// <summary>Sector size, e.g. 2KiB.</summary>
    public required string SectorSize { get; init; }

    /// <summary>What the devnet took for a proof.</summary>
    public required ProofKind Proofs { get; init; }

    /// <summary>What the proofs were made with; null where that needs none.</summary>
    public required ParameterSummary? Parameters { get; init; }

    /// <summary>Seconds from the launcher's start to the last sector's Proving.</summary>
    public required double Seconds { get; init; }

    /// <summary>Sectors per region.</summary>
    public required IReadOnlyDictionary<string, int> Regions { get; init; }

    /// <summary>Each phase.</summary>
    public required IReadOnlyList<PhaseSummary> Phases { get; init; }

    /// <summary>Bytes between regions and the rest, over the federation's whole life.</summary>
    public required WanBytes Wan { get; init; }

    /// <summary>Bytes per second and agent while nothing was sealed; null when it was not measured.</summary>
    public required double? IdleBytesPerSecond { get; init; }

    /// <summary>How many agents there are.</summary>
    public required int Agents { get; init; }

    /// <summary>Which store.</summary>
    public required StoreKind Store { get; init; }

    /// <summary>Where it listens.</summary>
    public required string StoreEndpoint { get; init; }

    /// <summary>The federation's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// Bytes per sector that sealing and idling took; vanilla proofs aside, which only a devnet takes.
    /// </summary>
    public double BytesPerSector => Sectors == 0
        ? 0
        : (Wan.Metadata + (Proofs == ProofKind.Vanilla ? 0.0 : Wan.Bulk)) / Sectors;

    /// <summary>
    /// Bytes of all agents that would have flowed without any sealing; null when what idling takes was not measured.
    /// There are agents only once the parameters are made.
    /// </summary>
    public double? IdleBytes =>
        IdleBytesPerSecond * Agents * (Seconds - (Parameters?.SecondsToMake ?? 0));

    /// <summary>Bytes per sector that sealing alone took; null when what idling takes was not measured.</summary>
    public double? SealingBytesPerSector => Sectors > 0 && IdleBytes is { } idle
        ? Math.Max(0, BytesPerSector - (idle / Sectors))
        : null;

    /// <summary>Sums up the sectors' seconds per phase, in the order of sealing.</summary>
    public static IReadOnlyList<PhaseSummary> SumUp(IEnumerable<IReadOnlyDictionary<string, double>> sectors) =>
    [
        .. sectors.SelectMany(phases => phases)
            .GroupBy(phase => phase.Key, phase => phase.Value)
            .OrderBy(group => Array.IndexOf(Order, group.Key) is >= 0 and var at ? at : Order.Length)
            .Select(group => new PhaseSummary(group.Key, group.Count(), group.Sum(), group.Max())),
    ];
}
