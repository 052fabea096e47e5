using System.Runtime.CompilerServices;

namespace Federation.Proofs.Sha256;

/// <summary>
/// The SHA-256 compression (FIPS 180-4, 6.2.2) of one block of each of several messages in lockstep. Lane l of a vector
/// belongs to message l. A state is 8 vectors; a schedule is 64 vectors, of which the caller writes the first 16: word
/// w of every message's block, as a number (the bytes of the message are big-endian). Pointers must be aligned to the
/// vector's natural alignment for full speed; nothing overlaps. Allocation-free, stateless, safe to call from many
/// threads.
/// </summary>
internal static unsafe partial class Sha256Compression<TVector, TLanes>
    where TVector : unmanaged
    where TLanes : struct, ILanes<TVector>
{
    /// <summary>Vectors of a state.</summary>
    internal const int StateWords = 8;

    /// <summary>Vectors of a schedule.</summary>
    internal const int ScheduleWords = 64;

    // Rounds while a word 16 rounds ahead is still to be computed.
    private const int ExpandingCount = ScheduleWords - 16;

    /// <summary>Sets the state that a message begins with.</summary>
    internal static void Initialize(TVector* state)
    {
        state[0] = TLanes.Broadcast(Sha256Constants.Initial0);
        state[1] = TLanes.Broadcast(Sha256Constants.Initial1);
        state[2] = TLanes.Broadcast(Sha256Constants.Initial2);
        state[3] = TLanes.Broadcast(Sha256Constants.Initial3);
        state[4] = TLanes.Broadcast(Sha256Constants.Initial4);
        state[5] = TLanes.Broadcast(Sha256Constants.Initial5);
        state[6] = TLanes.Broadcast(Sha256Constants.Initial6);
        state[7] = TLanes.Broadcast(Sha256Constants.Initial7);
    }

    /// <summary>
    /// Takes one block. Words 16 to 63 of the schedule are filled in, so that
    /// <see cref="CompressExpanded(TVector*, TVector*)"/> can take the same block again for less.
    /// </summary>
    internal static void Compress(TVector* state, TVector* schedule)
    {
        TVector a = state[0], b = state[1], c = state[2], d = state[3];
        TVector e = state[4], f = state[5], g = state[6], h = state[7];
        TVector even = schedule[14], odd = schedule[15];
        TVector* word = schedule;
        fixed (uint* constants = Sha256Constants.Rounds)
        {
            uint* constant = constants;
            for (; word < schedule + ExpandingCount; word += 8, constant += 8)
            {
                Round(a, b, c, ref d, e, f, g, ref h, Expand(word + 0, ref even), constant[0]);
                Round(h, a, b, ref c, d, e, f, ref g, Expand(word + 1, ref odd), constant[1]);
                Round(g, h, a, ref b, c, d, e, ref f, Expand(word + 2, ref even), constant[2]);
                Round(f, g, h, ref a, b, c, d, ref e, Expand(word + 3, ref odd), constant[3]);
                Round(e, f, g, ref h, a, b, c, ref d, Expand(word + 4, ref even), constant[4]);
                Round(d, e, f, ref g, h, a, b, ref c, Expand(word + 5, ref odd), constant[5]);
                Round(c, d, e, ref f, g, h, a, ref b, Expand(word + 6, ref even), constant[6]);
                Round(b, c, d, ref e, f, g, h, ref a, Expand(word + 7, ref odd), constant[7]);
            }

            ExpandedRounds(
                word, constant, schedule + ScheduleWords, ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h);
        }

        AddTo(state, a, b, c, d, e, f, g, h);
    }

    /// <summary>Takes a block whose whole schedule is there: about three fifths of the work.</summary>
    internal static void CompressExpanded(TVector* state, TVector* schedule)
    {
        TVector a = state[0], b = state[1], c = state[2], d = state[3];
        TVector e = state[4], f = state[5], g = state[6], h = state[7];
        fixed (uint* constants = Sha256Constants.Rounds)
        {
            ExpandedRounds(
                schedule, constants, schedule + ScheduleWords, ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h);
        }

        AddTo(state, a, b, c, d, e, f, g, h);
    }

    /// <summary>Takes a block that is the same for all messages.</summary>
    /// <param name="state">State.</param>
    /// <param name="scheduleWithConstants">
    /// 64 words of its schedule, to each of which the round's constant was added.
    /// </param>
    internal static void CompressShared(TVector* state, ReadOnlySpan<uint> scheduleWithConstants)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(scheduleWithConstants.Length, ScheduleWords);
        TVector a = state[0], b = state[1], c = state[2], d = state[3];
        TVector e = state[4], f = state[5], g = state[6], h = state[7];
        fixed (uint* words = scheduleWithConstants)
        {
            for (uint* word = words; word < words + ScheduleWords; word += 8)
            {
                Round(a, b, c, ref d, e, f, g, ref h, TLanes.Broadcast(word[0]));
                Round(h, a, b, ref c, d, e, f, ref g, TLanes.Broadcast(word[1]));
                Round(g, h, a, ref b, c, d, e, ref f, TLanes.Broadcast(word[2]));
                Round(f, g, h, ref a, b, c, d, ref e, TLanes.Broadcast(word[3]));
                Round(e, f, g, ref h, a, b, c, ref d, TLanes.Broadcast(word[4]));
                Round(d, e, f, ref g, h, a, b, ref c, TLanes.Broadcast(word[5]));
                Round(c, d, e, ref f, g, h, a, ref b, TLanes.Broadcast(word[6]));
                Round(b, c, d, ref e, f, g, h, ref a, TLanes.Broadcast(word[7]));
            }
        }

        AddTo(state, a, b, c, d, e, f, g, h);
    }

    // The rounds of words that are there, up to the end.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ExpandedRounds(
        TVector* word,
        uint* constant,
        TVector* end,
        ref TVector a,
        ref TVector b,
        ref TVector c,
        ref TVector d,
        ref TVector e,
        ref TVector f,
        ref TVector g,
        ref TVector h)
    {
        for (; word < end; word += 8, constant += 8)
        {
            Round(a, b, c, ref d, e, f, g, ref h, word[0], constant[0]);
            Round(h, a, b, ref c, d, e, f, ref g, word[1], constant[1]);
            Round(g, h, a, ref b, c, d, e, ref f, word[2], constant[2]);
            Round(f, g, h, ref a, b, c, d, ref e, word[3], constant[3]);
            Round(e, f, g, ref h, a, b, c, ref d, word[4], constant[4]);
            Round(d, e, f, ref g, h, a, b, ref c, word[5], constant[5]);
            Round(c, d, e, ref f, g, h, a, ref b, word[6], constant[6]);
            Round(b, c, d, ref e, f, g, h, ref a, word[7], constant[7]);
        }
    }

    // Returns the word and writes the one that comes 16 later. The word two before that stays in a register: waiting
    // for it to come back from memory would take longer than the rounds do.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Expand(TVector* word, ref TVector twoBefore)
    {
        TVector now = word[0];
        TVector w1 = word[1];
        TVector w14 = twoBefore;
        TVector s0 = TLanes.Xor(TLanes.RotateRight(w1, 7), TLanes.RotateRight(w1, 18), TLanes.ShiftRight(w1, 3));
        TVector s1 = TLanes.Xor(TLanes.RotateRight(w14, 17), TLanes.RotateRight(w14, 19), TLanes.ShiftRight(w14, 10));
        twoBefore = TLanes.Add(TLanes.Add(TLanes.Add(now, word[9]), s0), s1);
        word[16] = twoBefore;
        return now;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        TVector a,
        TVector b,
        TVector c,
        ref TVector d,
        TVector e,
        TVector f,
        TVector g,
        ref TVector h,
        TVector word,
        uint constant) =>
        Round(a, b, c, ref d, e, f, g, ref h, TLanes.Add(word, TLanes.Broadcast(constant)));

    // Sums are grouped so that the next round waits for as few of them as can be.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        TVector a,
        TVector b,
        TVector c,
        ref TVector d,
        TVector e,
        TVector f,
        TVector g,
        ref TVector h,
        TVector word)
    {
        TVector early = TLanes.Add(h, word);
        TVector s1 = TLanes.Xor(TLanes.RotateRight(e, 6), TLanes.RotateRight(e, 11), TLanes.RotateRight(e, 25));
        TVector s0 = TLanes.Xor(TLanes.RotateRight(a, 2), TLanes.RotateRight(a, 13), TLanes.RotateRight(a, 22));
        TVector rest = TLanes.Subtract(TLanes.Majority(a, b, c), d);
        d = TLanes.Add(TLanes.Add(TLanes.Add(d, early), TLanes.Choose(e, f, g)), s1);
        h = TLanes.Add(TLanes.Add(d, rest), s0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(
        TVector* state, TVector a, TVector b, TVector c, TVector d, TVector e, TVector f, TVector g, TVector h)
    {
        state[0] = TLanes.Add(state[0], a);
        state[1] = TLanes.Add(state[1], b);
        state[2] = TLanes.Add(state[2], c);
        state[3] = TLanes.Add(state[3], d);
        state[4] = TLanes.Add(state[4], e);
        state[5] = TLanes.Add(state[5], f);
        state[6] = TLanes.Add(state[6], g);
        state[7] = TLanes.Add(state[7], h);
    }
}
