using System.Diagnostics.CodeAnalysis;

namespace Federation.Proofs.Commitments;

/// <summary>
/// A commitment and its CID (version 1): <c>baga6ea4seaq…</c> for CommP and CommD, <c>bagboea4b5abc…</c> for CommR.
/// </summary>
/// <param name="Kind">What the value commits to.</param>
/// <param name="Value">The 32 bytes.</param>
public readonly record struct Commitment(CommitmentKind Kind, Bytes32 Value)
{
    private const char MultibaseBase32 = 'b';

    // CID version 1, codec and multihash as unsigned varints, digest length 32.
    private static readonly byte[] UnsealedPrefix = [0x01, 0x81, 0xe2, 0x03, 0x92, 0x20, 0x20];
    private static readonly byte[] SealedPrefix = [0x01, 0x82, 0xe2, 0x03, 0x81, 0xe8, 0x02, 0x20];

    /// <summary>CommP or CommD.</summary>
    public static Commitment Unsealed(Bytes32 value) => new(CommitmentKind.Unsealed, value);

    /// <summary>CommR.</summary>
    public static Commitment Sealed(Bytes32 value) => new(CommitmentKind.Sealed, value);

    /// <summary>The binary CID.</summary>
    public byte[] ToBytes() => [.. Prefix(Kind), .. Value.AsSpan()];

    /// <summary>The CID as text: multibase base32, lower case.</summary>
    public override string ToString() => MultibaseBase32 + Base32.Encode(ToBytes());

    /// <summary>Reads a binary CID. False for anything but the two kinds, exactly as long as they are.</summary>
    public static bool TryFromBytes(ReadOnlySpan<byte> cid, out Commitment commitment)
    {
        foreach (CommitmentKind kind in (ReadOnlySpan<CommitmentKind>)[CommitmentKind.Unsealed, CommitmentKind.Sealed])
        {
            ReadOnlySpan<byte> prefix = Prefix(kind);
            if (cid.Length == prefix.Length + Bytes32.Size && cid.StartsWith(prefix))
            {
                commitment = new Commitment(kind, new Bytes32(cid[prefix.Length..]));
                return true;
            }
        }

        commitment = default;
        return false;
    }

    /// <summary>Reads a CID as text. False for anything but the canonical form of the two kinds.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Commitment commitment)
    {
        commitment = default;
        return text is [MultibaseBase32, ..]
            && Base32.TryDecode(text.AsSpan(1), out byte[] cid)
            && TryFromBytes(cid, out commitment);
    }

    /// <summary>Reads a CID as text.</summary>
    /// <exception cref="FormatException">The text is not a CID of a commitment.</exception>
    public static Commitment Parse(string text) => TryParse(text, out Commitment commitment)
        ? commitment
        : throw new FormatException(
            $"\"{text}\" is not the CID of a commitment: "
            + "baga6ea4seaq… (piece, data) or bagboea4b5abc… (replica) is needed");

    private static byte[] Prefix(CommitmentKind kind) => kind switch
    {
        CommitmentKind.Unsealed => UnsealedPrefix,
        CommitmentKind.Sealed => SealedPrefix,
        _ => throw new InvalidOperationException($"unknown kind of commitment {kind}"),
    };
}
