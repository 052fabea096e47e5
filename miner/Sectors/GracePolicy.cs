using Federation.Proto.Records;

namespace Federation.Miner.Sectors;

/// <summary>How long a job waits for an agent that lost its lease.</summary>
/// <param name="Default">For every phase but PC1.</param>
/// <param name="PreCommit1">For a running PC1, whose work is worth waiting for.</param>
internal sealed record GracePolicy(TimeSpan Default, TimeSpan PreCommit1)
{
    private const int PreCommit1Factor = 5;

    /// <summary>PC1 gets five times the configured grace: 10 min where the rest gets 2.</summary>
    public static GracePolicy From(TimeSpan grace) => new(grace, grace * PreCommit1Factor);

    /// <summary>The grace of a sector as it stands.</summary>
    public TimeSpan For(SectorView view) =>
        view.Phase("PC1")?.State == PhaseState.Running ? PreCommit1 : Default;
}
