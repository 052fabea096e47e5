using Federation.Chain;

namespace Federation.Miner.Sectors;

/// <summary>
/// How long each state may last before it becomes a failure that says what was waited for. Immutable.
/// </summary>
internal sealed record WaitLimits
{
    private const int InclusionEpochs = 120;

    /// <summary>For an agent to take and start a phase; default 72 h.</summary>
    public TimeSpan Start { get; init; } = TimeSpan.FromHours(72);

    /// <summary>For PC1, the longest phase, once it runs; default 24 h.</summary>
    public TimeSpan PreCommit1 { get; init; } = TimeSpan.FromHours(24);

    /// <summary>For any other phase, once it runs; default 8 h.</summary>
    public TimeSpan Phase { get; init; } = TimeSpan.FromHours(8);

    /// <summary>For a proof to arrive once its phase is done, before its agent is asked again; default 1 min.</summary>
    public TimeSpan ProofAsk { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often an agent is asked for a proof.</summary>
    public uint ProofAsks { get; init; } = 10;

    /// <summary>For the chain to answer a question; default 10 min.</summary>
    public TimeSpan Chain { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a ticket may grow too old before PC1 starts.</summary>
    public uint OldTickets { get; init; } = 5;

    /// <summary>For a message to land.</summary>
    public static TimeSpan Inclusion(ChainParameters chain) =>
        Max(chain.EpochDuration * InclusionEpochs, TimeSpan.FromMinutes(1));

    /// <summary>For a seed to be drawn, from the pre-commit's landing.</summary>
    public static TimeSpan Seed(ChainParameters chain) => (chain.EpochDuration * chain.SeedDelay) + Inclusion(chain);

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
