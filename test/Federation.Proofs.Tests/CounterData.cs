using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Federation.Proofs.Tests;

/// <summary>Data that a tag alone determines, as the golden vectors use them.</summary>
internal static class CounterData
{
    /// <summary>SHA-256(tag ‖ u32LE(0)) ‖ SHA-256(tag ‖ u32LE(1)) ‖ …, cut to the length.</summary>
    public static void Fill(string tag, Span<byte> data)
    {
        byte[] prefix = Encoding.ASCII.GetBytes(tag);
        byte[] preimage = [.. prefix, 0, 0, 0, 0];
        Span<byte> digest = stackalloc byte[32];
        for (uint counter = 0; !data.IsEmpty; counter++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(preimage.AsSpan(prefix.Length), counter);
            SHA256.HashData(preimage, digest);
            int count = Math.Min(digest.Length, data.Length);
            digest[..count].CopyTo(data);
            data = data[count..];
        }
    }
}
