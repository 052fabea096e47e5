using Federation.Proofs.Blake2b;

namespace Federation.Chain.Messages;

/// <summary>CIDs of chain objects: version 1, dag-cbor, blake2b-256, base32 — <c>bafy2bzace…</c>.</summary>
public static class ChainCid
{
    private const int DigestSize = 32;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    // CID version 1, codec dag-cbor (0x71), multihash blake2b-256 (0xb220 as a varint), 32 bytes.
    private static ReadOnlySpan<byte> Prefix => [0x01, 0x71, 0xa0, 0xe4, 0x02, DigestSize];

    /// <summary>The CID of a canonical encoding.</summary>
    public static string Of(ReadOnlySpan<byte> encoding)
    {
        Span<byte> cid = stackalloc byte[Prefix.Length + DigestSize];
        Prefix.CopyTo(cid);
        Blake2bHash.Hash(encoding, cid[Prefix.Length..]);
        return "b" + Base32(cid);
    }

    private static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new char[((bytes.Length * 8) + 4) / 5];
        for (var (index, bit) = (0, 0); index < text.Length; index++, bit += 5)
        {
            var pair = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[(bit / 8) + 1] : 0);
            text[index] = Alphabet[(pair >> (11 - (bit % 8))) & 0x1f];
        }

        return new string(text);
    }
}
