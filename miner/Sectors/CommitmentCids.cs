using Federation.Proofs;

namespace Federation.Miner.Sectors;

/// <summary>CIDs of commitments, as operators see them: <c>bagboea4b5abc…</c> for CommR, <c>baga6ea4seaq…</c> for CommD.</summary>
internal static class CommitmentCids
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    // CID version 1; codec fil-commitment-sealed 0xf102 or -unsealed 0xf101; multihash poseidon-bls12_381-a2-fc1
    // 0xb401 or sha2-256-trunc254-padded 0x1012; 32 bytes.
    private static ReadOnlySpan<byte> SealedPrefix => [0x01, 0x82, 0xe2, 0x03, 0x81, 0xe8, 0x02, Bytes32.Size];

    private static ReadOnlySpan<byte> UnsealedPrefix => [0x01, 0x81, 0xe2, 0x03, 0x92, 0x20, Bytes32.Size];

    /// <summary>Of CommR in hex; empty for anything that is no commitment.</summary>
    public static string Sealed(string commR) => Text(SealedPrefix, commR);

    /// <summary>Of CommD in hex; empty for anything that is no commitment.</summary>
    public static string Unsealed(string commD) => Text(UnsealedPrefix, commD);

    private static string Text(ReadOnlySpan<byte> prefix, string hex)
    {
        if (!Bytes32.TryParseHex(hex, out var commitment))
        {
            return "";
        }

        ReadOnlySpan<byte> bytes = [.. prefix, .. commitment.ToArray()];
        var text = new char[1 + (((bytes.Length * 8) + 4) / 5)];
        text[0] = 'b';
        for (var (index, bit) = (1, 0); index < text.Length; index++, bit += 5)
        {
            var pair = (bytes[bit / 8] << 8) | ((bit / 8) + 1 < bytes.Length ? bytes[(bit / 8) + 1] : 0);
            text[index] = Alphabet[(pair >> (11 - (bit % 8))) & 0x1f];
        }

        return new string(text);
    }
}
