using System.Runtime.CompilerServices;

namespace Federation.Proofs.Sha256;

/// <content>
/// Two independent states in one loop. A round waits for the one before, so that one state leaves half of the machine
/// idle: two together take little longer than one, where the registers hold both
/// (<see cref="ILanes{T}.FitsTwoStates"/>).
/// </content>
internal static unsafe partial class Sha256Compression<TVector, TLanes>
{
    /// <summary><see cref="Compress(TVector*, TVector*)"/> for two states.</summary>
    [SkipLocalsInit]
    internal static void Compress(TVector* state0, TVector* schedule0, TVector* state1, TVector* schedule1)
    {
        TVector* working = stackalloc TVector[2 * StateWords];
        TVector* working1 = working + StateWords;
        ExpandingRounds(state0, schedule0, working, state1, schedule1, working1);
        LastRounds(ExpandingCount, state0, schedule0, working, state1, schedule1, working1);
    }

    /// <summary><see cref="CompressExpanded(TVector*, TVector*)"/> for two states.</summary>
    internal static void CompressExpanded(TVector* state0, TVector* schedule0, TVector* state1, TVector* schedule1) =>
        LastRounds(0, state0, schedule0, state0, state1, schedule1, state1);

    /// <summary><see cref="CompressShared(TVector*, ReadOnlySpan{uint})"/> for two states.</summary>
    internal static void CompressShared(TVector* state0, TVector* state1, ReadOnlySpan<uint> scheduleWithConstants)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(scheduleWithConstants.Length, ScheduleWords);
        TVector a0 = state0[0], b0 = state0[1], c0 = state0[2], d0 = state0[3];
        TVector e0 = state0[4], f0 = state0[5], g0 = state0[6], h0 = state0[7];
        TVector a1 = state1[0], b1 = state1[1], c1 = state1[2], d1 = state1[3];
        TVector e1 = state1[4], f1 = state1[5], g1 = state1[6], h1 = state1[7];
        fixed (uint* words = scheduleWithConstants)
        {
            for (uint* word = words; word < words + ScheduleWords; word += 8)
            {
                Round(a0, b0, c0, ref d0, e0, f0, g0, ref h0, TLanes.Broadcast(word[0]));
                Round(a1, b1, c1, ref d1, e1, f1, g1, ref h1, TLanes.Broadcast(word[0]));
                Round(h0, a0, b0, ref c0, d0, e0, f0, ref g0, TLanes.Broadcast(word[1]));
                Round(h1, a1, b1, ref c1, d1, e1, f1, ref g1, TLanes.Broadcast(word[1]));
                Round(g0, h0, a0, ref b0, c0, d0, e0, ref f0, TLanes.Broadcast(word[2]));
                Round(g1, h1, a1, ref b1, c1, d1, e1, ref f1, TLanes.Broadcast(word[2]));
                Round(f0, g0, h0, ref a0, b0, c0, d0, ref e0, TLanes.Broadcast(word[3]));
                Round(f1, g1, h1, ref a1, b1, c1, d1, ref e1, TLanes.Broadcast(word[3]));
                Round(e0, f0, g0, ref h0, a0, b0, c0, ref d0, TLanes.Broadcast(word[4]));
                Round(e1, f1, g1, ref h1, a1, b1, c1, ref d1, TLanes.Broadcast(word[4]));
                Round(d0, e0, f0, ref g0, h0, a0, b0, ref c0, TLanes.Broadcast(word[5]));
                Round(d1, e1, f1, ref g1, h1, a1, b1, ref c1, TLanes.Broadcast(word[5]));
                Round(c0, d0, e0, ref f0, g0, h0, a0, ref b0, TLanes.Broadcast(word[6]));
                Round(c1, d1, e1, ref f1, g1, h1, a1, ref b1, TLanes.Broadcast(word[6]));
                Round(b0, c0, d0, ref e0, f0, g0, h0, ref a0, TLanes.Broadcast(word[7]));
                Round(b1, c1, d1, ref e1, f1, g1, h1, ref a1, TLanes.Broadcast(word[7]));
            }
        }

        AddTo(state0, a0, b0, c0, d0, e0, f0, g0, h0);
        AddTo(state1, a1, b1, c1, d1, e1, f1, g1, h1);
    }

    // The rounds that fill in the schedule, from the state to the working values. Apart from the others, because the
    // compiler inlines only so much into one method.
    private static void ExpandingRounds(
        TVector* state0,
        TVector* word0,
        TVector* working0,
        TVector* state1,
        TVector* word1,
        TVector* working1)
    {
        TVector a0 = state0[0], b0 = state0[1], c0 = state0[2], d0 = state0[3];
        TVector e0 = state0[4], f0 = state0[5], g0 = state0[6], h0 = state0[7];
        TVector a1 = state1[0], b1 = state1[1], c1 = state1[2], d1 = state1[3];
        TVector e1 = state1[4], f1 = state1[5], g1 = state1[6], h1 = state1[7];
        TVector even0 = word0[14], odd0 = word0[15];
        TVector even1 = word1[14], odd1 = word1[15];
        fixed (uint* constants = Sha256Constants.Rounds)
        {
            uint* constant = constants;
            for (; constant < constants + ExpandingCount; word0 += 8, word1 += 8, constant += 8)
            {
                Round(a0, b0, c0, ref d0, e0, f0, g0, ref h0, Expand(word0 + 0, ref even0), constant[0]);
                Round(a1, b1, c1, ref d1, e1, f1, g1, ref h1, Expand(word1 + 0, ref even1), constant[0]);
                Round(h0, a0, b0, ref c0, d0, e0, f0, ref g0, Expand(word0 + 1, ref odd0), constant[1]);
                Round(h1, a1, b1, ref c1, d1, e1, f1, ref g1, Expand(word1 + 1, ref odd1), constant[1]);
                Round(g0, h0, a0, ref b0, c0, d0, e0, ref f0, Expand(word0 + 2, ref even0), constant[2]);
                Round(g1, h1, a1, ref b1, c1, d1, e1, ref f1, Expand(word1 + 2, ref even1), constant[2]);
                Round(f0, g0, h0, ref a0, b0, c0, d0, ref e0, Expand(word0 + 3, ref odd0), constant[3]);
                Round(f1, g1, h1, ref a1, b1, c1, d1, ref e1, Expand(word1 + 3, ref odd1), constant[3]);
                Round(e0, f0, g0, ref h0, a0, b0, c0, ref d0, Expand(word0 + 4, ref even0), constant[4]);
                Round(e1, f1, g1, ref h1, a1, b1, c1, ref d1, Expand(word1 + 4, ref even1), constant[4]);
                Round(d0, e0, f0, ref g0, h0, a0, b0, ref c0, Expand(word0 + 5, ref odd0), constant[5]);
                Round(d1, e1, f1, ref g1, h1, a1, b1, ref c1, Expand(word1 + 5, ref odd1), constant[5]);
                Round(c0, d0, e0, ref f0, g0, h0, a0, ref b0, Expand(word0 + 6, ref even0), constant[6]);
                Round(c1, d1, e1, ref f1, g1, h1, a1, ref b1, Expand(word1 + 6, ref even1), constant[6]);
                Round(b0, c0, d0, ref e0, f0, g0, h0, ref a0, Expand(word0 + 7, ref odd0), constant[7]);
                Round(b1, c1, d1, ref e1, f1, g1, h1, ref a1, Expand(word1 + 7, ref odd1), constant[7]);
            }
        }

        (working0[0], working0[1], working0[2], working0[3]) = (a0, b0, c0, d0);
        (working0[4], working0[5], working0[6], working0[7]) = (e0, f0, g0, h0);
        (working1[0], working1[1], working1[2], working1[3]) = (a1, b1, c1, d1);
        (working1[4], working1[5], working1[6], working1[7]) = (e1, f1, g1, h1);
    }

    // The rounds from the given one on, from the working values to the state.
    private static void LastRounds(
        int first,
        TVector* state0,
        TVector* schedule0,
        TVector* working0,
        TVector* state1,
        TVector* schedule1,
        TVector* working1)
    {
        TVector a0 = working0[0], b0 = working0[1], c0 = working0[2], d0 = working0[3];
        TVector e0 = working0[4], f0 = working0[5], g0 = working0[6], h0 = working0[7];
        TVector a1 = working1[0], b1 = working1[1], c1 = working1[2], d1 = working1[3];
        TVector e1 = working1[4], f1 = working1[5], g1 = working1[6], h1 = working1[7];
        TVector* word0 = schedule0 + first;
        TVector* word1 = schedule1 + first;
        fixed (uint* constants = Sha256Constants.Rounds)
        {
            uint* constant = constants + first;
            for (; constant < constants + ScheduleWords; word0 += 8, word1 += 8, constant += 8)
            {
                Round(a0, b0, c0, ref d0, e0, f0, g0, ref h0, word0[0], constant[0]);
                Round(a1, b1, c1, ref d1, e1, f1, g1, ref h1, word1[0], constant[0]);
                Round(h0, a0, b0, ref c0, d0, e0, f0, ref g0, word0[1], constant[1]);
                Round(h1, a1, b1, ref c1, d1, e1, f1, ref g1, word1[1], constant[1]);
                Round(g0, h0, a0, ref b0, c0, d0, e0, ref f0, word0[2], constant[2]);
                Round(g1, h1, a1, ref b1, c1, d1, e1, ref f1, word1[2], constant[2]);
                Round(f0, g0, h0, ref a0, b0, c0, d0, ref e0, word0[3], constant[3]);
                Round(f1, g1, h1, ref a1, b1, c1, d1, ref e1, word1[3], constant[3]);
                Round(e0, f0, g0, ref h0, a0, b0, c0, ref d0, word0[4], constant[4]);
                Round(e1, f1, g1, ref h1, a1, b1, c1, ref d1, word1[4], constant[4]);
                Round(d0, e0, f0, ref g0, h0, a0, b0, ref c0, word0[5], constant[5]);
                Round(d1, e1, f1, ref g1, h1, a1, b1, ref c1, word1[5], constant[5]);
                Round(c0, d0, e0, ref f0, g0, h0, a0, ref b0, word0[6], constant[6]);
                Round(c1, d1, e1, ref f1, g1, h1, a1, ref b1, word1[6], constant[6]);
                Round(b0, c0, d0, ref e0, f0, g0, h0, ref a0, word0[7], constant[7]);
                Round(b1, c1, d1, ref e1, f1, g1, h1, ref a1, word1[7], constant[7]);
            }
        }

        AddTo(state0, a0, b0, c0, d0, e0, f0, g0, h0);
        AddTo(state1, a1, b1, c1, d1, e1, f1, g1, h1);
    }
}
