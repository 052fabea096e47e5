using Federation.Chain;
using Federation.Chain.Messages;
using Federation.Proofs;
using Federation.Proto.Records;

namespace Federation.Miner.Sectors;

/// <summary>
/// The messages that a sector's record calls for. Pure: the same record gives the same message and CID.
/// </summary>
internal static class SectorMessages
{
    // The log only grows and every failure adds to it, so no two tries of one sector have the same nonce.
    public static PreCommitMessage PreCommit(SectorRecord record, long expiration) => new(
        record.Spec.Miner, record.Sector, record.LogEntries, SealProofText.Format(SealSpecs.ToConfig(record.Spec)),
        Convert.FromHexString(record.CommR), Convert.FromHexString(record.CommD), record.TicketEpoch,
        [.. record.Pieces.Select(static piece => new ChainPiece(piece.Size, piece.Cid))], expiration);

    public static ProveCommitMessage ProveCommit(SectorRecord record) =>
        new(record.Spec.Miner, record.Sector, record.LogEntries, ProofKindOf(record), record.ProofSha256);

    public static ProofStatement Statement(SectorRecord record) => new(
        SealSpecs.ToConfig(record.Spec), record.Spec.Miner, record.Sector, Bytes32.FromHex(record.CommR),
        Bytes32.FromHex(record.CommD), Bytes32.FromHex(record.Ticket), Bytes32.FromHex(record.Seed),
        ProofKindOf(record), record.ProofSha256);

    /// <summary>True when the record holds the signed message with this CID.</summary>
    public static bool IsSigned(SectorRecord record, string cid) =>
        cid.Length > 0 && record.SignedMessages.Count == 1 && ChainMessageCodec.Cid(Signed(record)) == cid;

    /// <summary>The message that was signed and written to the record before it was pushed.</summary>
    public static ChainMessage Signed(SectorRecord record) => ChainMessageCodec.Decode(
        Convert.FromBase64String(record.SignedMessages.Single()));

    public static void Sign(SectorRecord record, ChainMessage message)
    {
        var encoding = ChainMessageCodec.Encode(message);
        record.SignedMessages.Clear();
        record.SignedMessages.Add(Convert.ToBase64String(encoding));
    }

    private static string ProofKindOf(SectorRecord record) =>
        ProofKindText.Format(SealSpecs.ProofKindOf(record.Spec));
}
