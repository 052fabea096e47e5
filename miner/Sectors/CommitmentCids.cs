using Federation.Proofs;
using Federation.Proofs.Commitments;

namespace Federation.Miner.Sectors;

/// <summary>CIDs of the commitments that records hold in hex; empty for anything that is no commitment.</summary>
internal static class CommitmentCids
{
    /// <summary>Of CommR: <c>bagboea4b5abc…</c>.</summary>
    public static string Sealed(string commR) =>
        Bytes32.TryParseHex(commR, out var value) ? Commitment.Sealed(value).ToString() : "";

    /// <summary>Of CommD: <c>baga6ea4seaq…</c>.</summary>
    public static string Unsealed(string commD) =>
        Bytes32.TryParseHex(commD, out var value) ? Commitment.Unsealed(value).ToString() : "";
}
