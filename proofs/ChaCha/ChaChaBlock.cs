using System.Numerics;
using System.Runtime.CompilerServices;

namespace Federation.Proofs.ChaCha;

/// <summary>The ChaCha block function on words (RFC 8439, section 2.3), with any even number of rounds.</summary>
internal static class ChaChaBlock
{
    /// <summary>Words of state and of a block.</summary>
    public const int Words = 16;

    /// <summary>
    /// Sets the constants "expand 32-byte k" and the 8 words of the key; counter and nonce stay as they are.
    /// </summary>
    public static void SetKey(Span<uint> state, ReadOnlySpan<byte> key)
    {
        state[0] = 0x61707865;
        state[1] = 0x3320646e;
        state[2] = 0x79622d32;
        state[3] = 0x6b206574;
        for (var i = 0; i < 8; i++)
        {
            state[4 + i] = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(key.Slice(4 * i, 4));
        }
    }

    /// <summary>One block of 16 words from a state of 16 words; the state is not changed.</summary>
    [SkipLocalsInit]
    public static void Compute(ReadOnlySpan<uint> state, Span<uint> block, int rounds)
    {
        uint x0 = state[0], x1 = state[1], x2 = state[2], x3 = state[3];
        uint x4 = state[4], x5 = state[5], x6 = state[6], x7 = state[7];
        uint x8 = state[8], x9 = state[9], x10 = state[10], x11 = state[11];
        uint x12 = state[12], x13 = state[13], x14 = state[14], x15 = state[15];
        for (var i = 0; i < rounds; i += 2)
        {
            QuarterRound(ref x0, ref x4, ref x8, ref x12);
            QuarterRound(ref x1, ref x5, ref x9, ref x13);
            QuarterRound(ref x2, ref x6, ref x10, ref x14);
            QuarterRound(ref x3, ref x7, ref x11, ref x15);
            QuarterRound(ref x0, ref x5, ref x10, ref x15);
            QuarterRound(ref x1, ref x6, ref x11, ref x12);
            QuarterRound(ref x2, ref x7, ref x8, ref x13);
            QuarterRound(ref x3, ref x4, ref x9, ref x14);
        }

        block = block[..Words];
        block[0] = x0 + state[0];
        block[1] = x1 + state[1];
        block[2] = x2 + state[2];
        block[3] = x3 + state[3];
        block[4] = x4 + state[4];
        block[5] = x5 + state[5];
        block[6] = x6 + state[6];
        block[7] = x7 + state[7];
        block[8] = x8 + state[8];
        block[9] = x9 + state[9];
        block[10] = x10 + state[10];
        block[11] = x11 + state[11];
        block[12] = x12 + state[12];
        block[13] = x13 + state[13];
        block[14] = x14 + state[14];
        block[15] = x15 + state[15];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void QuarterRound(ref uint a, ref uint b, ref uint c, ref uint d)
    {
        a += b;
        d = BitOperations.RotateLeft(d ^ a, 16);
        c += d;
        b = BitOperations.RotateLeft(b ^ c, 12);
        a += b;
        d = BitOperations.RotateLeft(d ^ a, 8);
        c += d;
        b = BitOperations.RotateLeft(b ^ c, 7);
    }
}
