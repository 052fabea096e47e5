namespace Federation.Chain;

/// <summary>A head of the chain.</summary>
/// <param name="Epoch">Height.</param>
/// <param name="TipSet">CID of its (only) block.</param>
public sealed record ChainHead(long Epoch, string TipSet);

/// <summary>What randomness is drawn for.</summary>
public enum RandomnessPurpose
{
    /// <summary>SealRandomness: a sector's ticket.</summary>
    Ticket = 5,

    /// <summary>InteractiveSealChallengeSeed: the seed of its challenges.</summary>
    Seed = 6,
}

/// <summary>A message to the chain. Its CID is determined by its content, nonce included.</summary>
public abstract record ChainMessage(ulong Miner, ulong Sector, ulong Nonce);

/// <summary>A piece as the chain sees it.</summary>
public sealed record ChainPiece(ulong PaddedSize, string Cid);

/// <summary>PreCommit: allocates the sector number and fixes CommR, CommD and the ticket.</summary>
public sealed record PreCommitMessage(
    ulong Miner, ulong Sector, ulong Nonce, string SealProof, byte[] CommR, byte[] CommD, long TicketEpoch,
    IReadOnlyList<ChainPiece> Pieces, long Expiration) : ChainMessage(Miner, Sector, Nonce);

/// <summary>ProveCommit. Only the digest of the proof is in the message: a vanilla one is far too big for it.</summary>
public sealed record ProveCommitMessage(
    ulong Miner, ulong Sector, ulong Nonce, string ProofKind, string ProofSha256) : ChainMessage(Miner, Sector, Nonce);

/// <summary>What became of a push.</summary>
/// <param name="MessageCid">The message's CID.</param>
/// <param name="Refused">Null when it was taken; otherwise why not.</param>
public sealed record PushOutcome(string MessageCid, string? Refused);

/// <summary>Where a message stands. <paramref name="Epoch"/> is null while it is pending.</summary>
/// <param name="MessageCid">The message's CID.</param>
/// <param name="Epoch">Epoch of inclusion.</param>
/// <param name="TipSet">Tipset of inclusion.</param>
/// <param name="ExitCode">Exit code, 0 = ok, as the FVM names them.</param>
/// <param name="Error">Why it failed.</param>
public sealed record MessageLookup(string MessageCid, long? Epoch, string? TipSet, int ExitCode, string? Error);

/// <summary>A sector on chain.</summary>
/// <param name="PreCommitEpoch">Where the pre-commit landed; null = none.</param>
/// <param name="PreCommitMessage">CID of the message that did it.</param>
/// <param name="CommR">CommR that it fixed.</param>
/// <param name="ActivationEpoch">Where the commit landed; null = none.</param>
/// <param name="CommitMessage">CID of the message that did it.</param>
/// <param name="Expiration">Last epoch of the sector.</param>
public sealed record OnChainSector(
    long? PreCommitEpoch, string? PreCommitMessage, byte[]? CommR, long? ActivationEpoch, string? CommitMessage,
    long? Expiration);
