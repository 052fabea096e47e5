using System.Runtime.CompilerServices;

namespace Federation.Proofs.ChaCha;

/// <summary>
/// ChaCha8 key streams of consecutive keys, a lane each: the keys differ in their last word only, which counts up, as
/// the graph's do. The words are those that <see cref="ChaCha8Rng"/> gives for the same key.
/// </summary>
internal static class ChaCha8Lanes
{
    /// <summary>Words of a key before the one that counts.</summary>
    public const int FixedWords = 7;

    /// <summary>Words that are made of each key stream: the first block, and four of the second.</summary>
    public const int StreamWords = 20;

    private const int DoubleRounds = 4;

    /// <summary>Fills word by word: word w of lane i goes to <c>w × lanes + i</c>.</summary>
    /// <param name="key">The 7 words that all keys have.</param>
    /// <param name="last">The last word of lane 0's key; that of lane i is i above.</param>
    /// <param name="words">20 words for each lane.</param>
    public static void Compute<T>(ReadOnlySpan<uint> key, uint last, Span<uint> words)
        where T : unmanaged, ILaneWords<T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, FixedWords);
        ArgumentOutOfRangeException.ThrowIfLessThan(words.Length, StreamWords * T.Lanes);
        var block = System.Runtime.InteropServices.MemoryMarshal.Cast<uint, T>(words);
        Block(key, last, 0, block[..16], whole: true);
        Block(key, last, 1, block[16..], whole: false);
    }

    [SkipLocalsInit]
    private static void Block<T>(ReadOnlySpan<uint> key, uint last, uint counter, Span<T> block, bool whole)
        where T : unmanaged, ILaneWords<T>
    {
        T c0 = T.Broadcast(0x61707865), c1 = T.Broadcast(0x3320646e);
        T c2 = T.Broadcast(0x79622d32), c3 = T.Broadcast(0x6b206574);
        T x0 = c0, x1 = c1, x2 = c2, x3 = c3;
        T x4 = T.Broadcast(key[0]), x5 = T.Broadcast(key[1]), x6 = T.Broadcast(key[2]), x7 = T.Broadcast(key[3]);
        T x8 = T.Broadcast(key[4]), x9 = T.Broadcast(key[5]), x10 = T.Broadcast(key[6]), x11 = T.Sequence(last);
        T x12 = T.Broadcast(counter), x13 = T.Broadcast(0), x14 = x13, x15 = x13;
        for (var i = 0; i < DoubleRounds; i++)
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

        block[0] = x0 + c0;
        block[1] = x1 + c1;
        block[2] = x2 + c2;
        block[3] = x3 + c3;
        if (!whole)
        {
            return;
        }

        block = block[..16];
        block[4] = x4 + T.Broadcast(key[0]);
        block[5] = x5 + T.Broadcast(key[1]);
        block[6] = x6 + T.Broadcast(key[2]);
        block[7] = x7 + T.Broadcast(key[3]);
        block[8] = x8 + T.Broadcast(key[4]);
        block[9] = x9 + T.Broadcast(key[5]);
        block[10] = x10 + T.Broadcast(key[6]);
        block[11] = x11 + T.Sequence(last);
        block[12] = x12 + T.Broadcast(counter);
        block[13] = x13;
        block[14] = x14;
        block[15] = x15;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void QuarterRound<T>(ref T a, ref T b, ref T c, ref T d)
        where T : unmanaged, ILaneWords<T>
    {
        a += b;
        d = T.RotateLeft(d ^ a, 16);
        c += d;
        b = T.RotateLeft(b ^ c, 12);
        a += b;
        d = T.RotateLeft(d ^ a, 8);
        c += d;
        b = T.RotateLeft(b ^ c, 7);
    }
}
