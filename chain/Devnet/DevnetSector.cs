namespace Federation.Chain.Devnet;

/// <summary>A sector as the devnet holds it. Immutable.</summary>
internal sealed record DevnetSector(
    PreCommitMessage? PreCommit, string? PreCommitCid, long? PreCommitEpoch, string? CommitCid, long? ActivationEpoch)
{
    public static readonly DevnetSector None = new(null, null, null, null, null);

    public DevnetSector After(ChainMessage message, string cid, long epoch) => message switch
    {
        PreCommitMessage preCommit => new DevnetSector(preCommit, cid, epoch, null, null),
        ProveCommitMessage => this with { CommitCid = cid, ActivationEpoch = epoch },
        _ => this,
    };

    public OnChainSector View() => new(
        PreCommitEpoch, PreCommitCid, PreCommit?.CommR, ActivationEpoch, CommitCid,
        ActivationEpoch is null ? null : PreCommit?.Expiration);
}
