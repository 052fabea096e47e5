using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Federation.Proofs.Sha256;

/// <summary>One message at a time: the reference the vector kernels are compared with, and their remainder.</summary>
internal static class Sha256Scalar
{
    private const int PairBytes = 64;
    private const int NodeBytes = 32;

    /// <summary>Parents of any number of pairs; they may begin where the pairs begin.</summary>
    internal static void HashPairs(ReadOnlySpan<byte> pairs, Span<byte> parents)
    {
        for (; !pairs.IsEmpty; pairs = pairs[PairBytes..], parents = parents[NodeBytes..])
        {
            HashPair(pairs[..PairBytes], parents[..NodeBytes]);
        }
    }

    /// <summary>
    /// Parent of two tree nodes: SHA-256 of 64 bytes with the two top bits of the last byte cleared.
    /// Writes 32 bytes after reading all of <paramref name="pair"/>, so the two may overlap.
    /// </summary>
    [SkipLocalsInit]
    internal static void HashPair(ReadOnlySpan<byte> pair, Span<byte> parent)
    {
        Span<uint> schedule = stackalloc uint[64];
        for (int i = 0; i < 16; i++)
        {
            schedule[i] = BinaryPrimitives.ReadUInt32BigEndian(pair[(4 * i)..]);
        }

        ExpandSchedule(schedule);
        ReadOnlySpan<uint> constants = Sha256Constants.Rounds;
        for (int i = 0; i < 64; i++)
        {
            schedule[i] += constants[i];
        }

        Span<uint> state = stackalloc uint[8]
        {
            Sha256Constants.Initial0, Sha256Constants.Initial1, Sha256Constants.Initial2, Sha256Constants.Initial3,
            Sha256Constants.Initial4, Sha256Constants.Initial5, Sha256Constants.Initial6, Sha256Constants.Initial7,
        };
        Compress(state, schedule);
        Compress(state, Sha256Constants.PaddingRounds);
        for (int i = 0; i < 8; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(parent[(4 * i)..], state[i]);
        }

        parent[31] &= 0x3f;
    }

    /// <summary>Fills words 16..63 of the message schedule from words 0..15.</summary>
    internal static void ExpandSchedule(Span<uint> schedule)
    {
        for (int i = 16; i < 64; i++)
        {
            uint w15 = schedule[i - 15];
            uint w2 = schedule[i - 2];
            uint s0 = BitOperations.RotateRight(w15, 7) ^ BitOperations.RotateRight(w15, 18) ^ (w15 >> 3);
            uint s1 = BitOperations.RotateRight(w2, 17) ^ BitOperations.RotateRight(w2, 19) ^ (w2 >> 10);
            schedule[i] = schedule[i - 16] + s0 + schedule[i - 7] + s1;
        }
    }

    /// <summary>Takes a block: 64 words of its schedule, to each of which the round's constant was added.</summary>
    internal static void Compress(Span<uint> state, ReadOnlySpan<uint> scheduleWithConstants)
    {
        uint a = state[0], b = state[1], c = state[2], d = state[3];
        uint e = state[4], f = state[5], g = state[6], h = state[7];
        foreach (uint word in scheduleWithConstants)
        {
            uint s1 = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11)
                ^ BitOperations.RotateRight(e, 25);
            uint t1 = h + s1 + ((e & f) ^ (~e & g)) + word;
            uint s0 = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13)
                ^ BitOperations.RotateRight(a, 22);
            uint t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + t1, c, b, a, t1 + t2);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }
}
