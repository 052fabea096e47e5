using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Federation.Proofs.Sha256;

namespace Federation.Proofs.Labels;

/// <summary>
/// SHA-256's compression of one block of each lane. Words lie interleaved: word w of all lanes together, as numbers
/// of the machine's order. Chained blocks that repeat need their message schedule only once. Allocates nothing.
/// Source: FIPS 180-4, 6.2.2.
/// </summary>
/// <typeparam name="TOps">Operations on the lanes.</typeparam>
/// <typeparam name="T">A word of all lanes.</typeparam>
internal static unsafe class LaneSha256<TOps, T>
    where TOps : struct, ILaneOps<T>
    where T : unmanaged
{
    /// <summary>Words of a state, of a label, of half a block.</summary>
    public const int StateWords = 8;

    /// <summary>Words of a block.</summary>
    public const int BlockWords = 16;

    /// <summary>Words of a block's schedule, round constants added.</summary>
    public const int ScheduleWords = 64;

    /// <summary>Sets the initial state in all lanes.</summary>
    public static void Start(T* state)
    {
        state[0] = TOps.Broadcast(Sha256Constants.Initial0);
        state[1] = TOps.Broadcast(Sha256Constants.Initial1);
        state[2] = TOps.Broadcast(Sha256Constants.Initial2);
        state[3] = TOps.Broadcast(Sha256Constants.Initial3);
        state[4] = TOps.Broadcast(Sha256Constants.Initial4);
        state[5] = TOps.Broadcast(Sha256Constants.Initial5);
        state[6] = TOps.Broadcast(Sha256Constants.Initial6);
        state[7] = TOps.Broadcast(Sha256Constants.Initial7);
    }

    /// <summary>Compresses a block and leaves its schedule.</summary>
    /// <param name="state">8 words, read and written.</param>
    /// <param name="block">16 words; destroyed, because the schedule is expanded in place.</param>
    /// <param name="schedule">64 words for the schedule.</param>
    [SkipLocalsInit]
    public static void Compress(T* state, T* block, T* schedule)
    {
        T a = state[0], b = state[1], c = state[2], d = state[3];
        T e = state[4], f = state[5], g = state[6], h = state[7];
        ref var constants = ref MemoryMarshal.GetReference(Sha256Constants.Rounds);
        for (var i = 0; i < ScheduleWords; i += 8)
        {
            var ring = i & 8;
            var expand = i < ScheduleWords - BlockWords;
            Round(a, b, c, ref d, e, f, g, ref h, Next(block, ring + 0, expand, ref Unsafe.Add(ref constants, i + 0), schedule + i + 0));
            Round(h, a, b, ref c, d, e, f, ref g, Next(block, ring + 1, expand, ref Unsafe.Add(ref constants, i + 1), schedule + i + 1));
            Round(g, h, a, ref b, c, d, e, ref f, Next(block, ring + 2, expand, ref Unsafe.Add(ref constants, i + 2), schedule + i + 2));
            Round(f, g, h, ref a, b, c, d, ref e, Next(block, ring + 3, expand, ref Unsafe.Add(ref constants, i + 3), schedule + i + 3));
            Round(e, f, g, ref h, a, b, c, ref d, Next(block, ring + 4, expand, ref Unsafe.Add(ref constants, i + 4), schedule + i + 4));
            Round(d, e, f, ref g, h, a, b, ref c, Next(block, ring + 5, expand, ref Unsafe.Add(ref constants, i + 5), schedule + i + 5));
            Round(c, d, e, ref f, g, h, a, ref b, Next(block, ring + 6, expand, ref Unsafe.Add(ref constants, i + 6), schedule + i + 6));
            Round(b, c, d, ref e, f, g, h, ref a, Next(block, ring + 7, expand, ref Unsafe.Add(ref constants, i + 7), schedule + i + 7));
        }

        AddTo(state, a, b, c, d, e, f, g, h);
    }

    /// <summary>Compresses a block whose schedule is there already.</summary>
    /// <param name="state">8 words, read and written.</param>
    /// <param name="schedule">64 words.</param>
    [SkipLocalsInit]
    public static void CompressScheduled(T* state, T* schedule)
    {
        T a = state[0], b = state[1], c = state[2], d = state[3];
        T e = state[4], f = state[5], g = state[6], h = state[7];
        for (var end = schedule + ScheduleWords; schedule < end; schedule += 8)
        {
            Round(a, b, c, ref d, e, f, g, ref h, schedule[0]);
            Round(h, a, b, ref c, d, e, f, ref g, schedule[1]);
            Round(g, h, a, ref b, c, d, e, ref f, schedule[2]);
            Round(f, g, h, ref a, b, c, d, ref e, schedule[3]);
            Round(e, f, g, ref h, a, b, c, ref d, schedule[4]);
            Round(d, e, f, ref g, h, a, b, ref c, schedule[5]);
            Round(c, d, e, ref f, g, h, a, ref b, schedule[6]);
            Round(b, c, d, ref e, f, g, h, ref a, schedule[7]);
        }

        AddTo(state, a, b, c, d, e, f, g, h);
    }

    // The block is a ring: word i + 16 replaces word i as soon as round i has used it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Next(T* block, int i, bool expand, ref uint constant, T* schedule)
    {
        var word = block[i];
        var sum = TOps.Add(word, TOps.Broadcast(constant));
        *schedule = sum;
        if (expand)
        {
            var early = TOps.Add(TOps.Add(word, block[(i + 9) & 15]), TOps.SmallSigma0(block[(i + 1) & 15]));
            block[i] = TOps.Add(early, TOps.SmallSigma1(block[(i + 14) & 15]));
        }

        return sum;
    }

    // Grouped so that from e to the next e, and from a to the next a, there are three operations one after the other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(T a, T b, T c, ref T d, T e, T f, T g, ref T h, T word)
    {
        var early = TOps.Add(h, word);
        var choice = TOps.Choose(e, f, g);
        var sigma1 = TOps.BigSigma1(e);
        var sum = TOps.Add(TOps.Add(early, choice), sigma1);
        d = TOps.Add(TOps.Add(TOps.Add(d, early), choice), sigma1);
        h = TOps.Add(TOps.Add(sum, TOps.Majority(a, b, c)), TOps.BigSigma0(a));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(T* state, T a, T b, T c, T d, T e, T f, T g, T h)
    {
        state[0] = TOps.Add(state[0], a);
        state[1] = TOps.Add(state[1], b);
        state[2] = TOps.Add(state[2], c);
        state[3] = TOps.Add(state[3], d);
        state[4] = TOps.Add(state[4], e);
        state[5] = TOps.Add(state[5], f);
        state[6] = TOps.Add(state[6], g);
        state[7] = TOps.Add(state[7], h);
    }
}
