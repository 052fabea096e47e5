using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Federation.Proofs.Sha256;

/// <summary>
/// 4 tree nodes at once, one in each 32-bit lane of <see cref="Vector128{T}"/> (SSE2, AdvSimd). Written with operations that
/// every machine has, so that tests can run it anywhere; fast where the vectors are hardware.
/// </summary>
internal static class Sha256Lanes4
{
    /// <summary>Nodes hashed by one call.</summary>
    internal const int Lanes = 4;

    /// <summary>
    /// 4 pairs of nodes (4 × 64 bytes) to 4 parents (4 × 32 bytes). All pairs are read before a parent is
    /// written, so the two may overlap.
    /// </summary>
    [SkipLocalsInit]
    internal static void HashPairs(ReadOnlySpan<byte> pairs, Span<byte> parents)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pairs.Length, Lanes * 64);
        ArgumentOutOfRangeException.ThrowIfNotEqual(parents.Length, Lanes * 32);

        Span<Vector128<uint>> schedule = stackalloc Vector128<uint>[16];
        Gather(pairs, MemoryMarshal.Cast<Vector128<uint>, uint>(schedule));
        Span<Vector128<uint>> state = stackalloc Vector128<uint>[8]
        {
            Vector128.Create(Sha256Constants.Initial0), Vector128.Create(Sha256Constants.Initial1),
            Vector128.Create(Sha256Constants.Initial2), Vector128.Create(Sha256Constants.Initial3),
            Vector128.Create(Sha256Constants.Initial4), Vector128.Create(Sha256Constants.Initial5),
            Vector128.Create(Sha256Constants.Initial6), Vector128.Create(Sha256Constants.Initial7),
        };
        CompressMessage(state, schedule);
        CompressPadding(state);
        state[7] &= Vector128.Create(0xffffff3f);
        Scatter(MemoryMarshal.Cast<Vector128<uint>, uint>(state), parents);
    }

    // Word w of lane l goes to w * Lanes + l.
    private static void Gather(ReadOnlySpan<byte> pairs, Span<uint> words)
    {
        ReadOnlySpan<uint> source = MemoryMarshal.Cast<byte, uint>(pairs);
        for (int lane = 0; lane < Lanes; lane++)
        {
            ReadOnlySpan<uint> message = source.Slice(lane * 16, 16);
            for (int word = 0; word < message.Length; word++)
            {
                words[(word * Lanes) + lane] = BinaryPrimitives.ReverseEndianness(message[word]);
            }
        }
    }

    private static void Scatter(ReadOnlySpan<uint> words, Span<byte> parents)
    {
        Span<uint> destination = MemoryMarshal.Cast<byte, uint>(parents);
        for (int lane = 0; lane < Lanes; lane++)
        {
            Span<uint> digest = destination.Slice(lane * 8, 8);
            for (int word = 0; word < digest.Length; word++)
            {
                digest[word] = BinaryPrimitives.ReverseEndianness(words[(word * Lanes) + lane]);
            }
        }
    }

    private static void CompressMessage(Span<Vector128<uint>> state, Span<Vector128<uint>> schedule)
    {
        Vector128<uint> a = state[0], b = state[1], c = state[2], d = state[3];
        Vector128<uint> e = state[4], f = state[5], g = state[6], h = state[7];
        ref uint constant = ref MemoryMarshal.GetReference(Sha256Constants.Rounds);
        for (int i = 0; i < 64; i += 8)
        {
            Round(a, b, c, ref d, e, f, g, ref h, Next(schedule, ref constant, i + 0));
            Round(h, a, b, ref c, d, e, f, ref g, Next(schedule, ref constant, i + 1));
            Round(g, h, a, ref b, c, d, e, ref f, Next(schedule, ref constant, i + 2));
            Round(f, g, h, ref a, b, c, d, ref e, Next(schedule, ref constant, i + 3));
            Round(e, f, g, ref h, a, b, c, ref d, Next(schedule, ref constant, i + 4));
            Round(d, e, f, ref g, h, a, b, ref c, Next(schedule, ref constant, i + 5));
            Round(c, d, e, ref f, g, h, a, ref b, Next(schedule, ref constant, i + 6));
            Round(b, c, d, ref e, f, g, h, ref a, Next(schedule, ref constant, i + 7));
        }

        AddTo(state, a, b, c, d, e, f, g, h);
    }

    private static void CompressPadding(Span<Vector128<uint>> state)
    {
        Vector128<uint> a = state[0], b = state[1], c = state[2], d = state[3];
        Vector128<uint> e = state[4], f = state[5], g = state[6], h = state[7];
        ref uint constant = ref MemoryMarshal.GetArrayDataReference(Sha256Constants.PaddingRounds);
        for (int i = 0; i < 64; i += 8)
        {
            Round(a, b, c, ref d, e, f, g, ref h, Vector128.Create(Unsafe.Add(ref constant, i + 0)));
            Round(h, a, b, ref c, d, e, f, ref g, Vector128.Create(Unsafe.Add(ref constant, i + 1)));
            Round(g, h, a, ref b, c, d, e, ref f, Vector128.Create(Unsafe.Add(ref constant, i + 2)));
            Round(f, g, h, ref a, b, c, d, ref e, Vector128.Create(Unsafe.Add(ref constant, i + 3)));
            Round(e, f, g, ref h, a, b, c, ref d, Vector128.Create(Unsafe.Add(ref constant, i + 4)));
            Round(d, e, f, ref g, h, a, b, ref c, Vector128.Create(Unsafe.Add(ref constant, i + 5)));
            Round(c, d, e, ref f, g, h, a, ref b, Vector128.Create(Unsafe.Add(ref constant, i + 6)));
            Round(b, c, d, ref e, f, g, h, ref a, Vector128.Create(Unsafe.Add(ref constant, i + 7)));
        }

        AddTo(state, a, b, c, d, e, f, g, h);
    }

    // The schedule is a ring of 16 words: word i replaces word i - 16. The round's constant is added to what is
    // returned.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Next(Span<Vector128<uint>> schedule, ref uint constants, int i)
    {
        ref Vector128<uint> ring = ref MemoryMarshal.GetReference(schedule);
        ref Vector128<uint> word = ref Unsafe.Add(ref ring, i & 15);
        if (i >= 16)
        {
            Vector128<uint> w15 = Unsafe.Add(ref ring, (i + 1) & 15);
            Vector128<uint> w2 = Unsafe.Add(ref ring, (i + 14) & 15);
            Vector128<uint> s0 = RotateRight(w15, 7) ^ RotateRight(w15, 18) ^ (w15 >> 3);
            Vector128<uint> s1 = RotateRight(w2, 17) ^ RotateRight(w2, 19) ^ (w2 >> 10);
            word += s0 + Unsafe.Add(ref ring, (i + 9) & 15) + s1;
        }

        return word + Vector128.Create(Unsafe.Add(ref constants, i));
    }

    // Sums are grouped so that the next round waits for as few of them as can be.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        Vector128<uint> a,
        Vector128<uint> b,
        Vector128<uint> c,
        ref Vector128<uint> d,
        Vector128<uint> e,
        Vector128<uint> f,
        Vector128<uint> g,
        ref Vector128<uint> h,
        Vector128<uint> word)
    {
        Vector128<uint> s1 = RotateRight(e, 6) ^ RotateRight(e, 11) ^ RotateRight(e, 25);
        Vector128<uint> early = h + word + Vector128.ConditionalSelect(e, f, g);
        Vector128<uint> s0 = RotateRight(a, 2) ^ RotateRight(a, 13) ^ RotateRight(a, 22);
        d = d + early + s1;
        h = early + s1 + (s0 + Majority(a, b, c));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Majority(Vector128<uint> a, Vector128<uint> b, Vector128<uint> c) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.TernaryLogic(a, b, c, 0xe8) : Vector128.ConditionalSelect(a ^ b, c, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> RotateRight(Vector128<uint> value, [ConstantExpected] byte count) =>
        Avx512F.VL.IsSupported
            ? Avx512F.VL.RotateRight(value, count)
            : (value >> count) | (value << (32 - count));

    private static void AddTo(
        Span<Vector128<uint>> state,
        Vector128<uint> a,
        Vector128<uint> b,
        Vector128<uint> c,
        Vector128<uint> d,
        Vector128<uint> e,
        Vector128<uint> f,
        Vector128<uint> g,
        Vector128<uint> h)
    {
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
