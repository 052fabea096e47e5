using System.Buffers.Binary;

namespace Federation.Proofs.Challenges;

/// <summary>From 256 bits of randomness to a challenge.</summary>
internal static class ChallengeNumber
{
    /// <summary>The 32 bytes as a little-endian integer, modulo (nodes - 1), plus 1: never node 0.</summary>
    /// <param name="randomness">32 bytes.</param>
    /// <param name="nodes">Number of nodes, 2 to 2^31.</param>
    public static uint From(ReadOnlySpan<byte> randomness, long nodes)
    {
        var modulus = (ulong)nodes - 1;
        ulong remainder = 0;
        for (var i = Bytes32.Size - sizeof(uint); i >= 0; i -= sizeof(uint))
        {
            remainder = ((remainder << 32) | BinaryPrimitives.ReadUInt32LittleEndian(randomness[i..])) % modulus;
        }

        return (uint)remainder + 1;
    }
}
