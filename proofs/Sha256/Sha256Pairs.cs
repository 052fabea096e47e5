using System.Runtime.CompilerServices;

namespace Federation.Proofs.Sha256;

/// <summary>
/// Parents of tree nodes, a lane for each: SHA-256 of two nodes of 32 bytes with the two top bits of the last byte
/// cleared. The block that pads a message of 64 bytes is the same for all, so its schedule was computed beforehand.
/// Stateless, allocation-free.
/// </summary>
internal static unsafe class Sha256Pairs<TVector, TLanes>
    where TVector : unmanaged
    where TLanes : struct, ILanes<TVector>
{
    private const int PairBytes = 64;
    private const int NodeBytes = 32;
    private const int StateWords = Sha256Compression<TVector, TLanes>.StateWords;
    private const int ScheduleWords = Sha256Compression<TVector, TLanes>.ScheduleWords;

    /// <summary>
    /// Hashes any number of pairs. All pairs that go together are read before one of their parents is written, so
    /// parents may begin where the pairs begin.
    /// </summary>
    /// <param name="pairs">Any number of pairs.</param>
    /// <param name="parents">As many nodes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is wrong.</exception>
    [SkipLocalsInit]
    internal static void Hash(ReadOnlySpan<byte> pairs, Span<byte> parents)
    {
        int count = pairs.Length / PairBytes;
        ArgumentOutOfRangeException.ThrowIfNotEqual(pairs.Length, count * PairBytes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(parents.Length, count * NodeBytes);

        byte* memory = stackalloc byte[sizeof(TVector) * ((2 * (StateWords + ScheduleWords)) + 1)];
        TVector* scratch = Sha256Blocks<TVector, TLanes>.Align(memory);
        fixed (byte* source = pairs, target = parents)
        {
            int done = 0;
            for (; TLanes.FitsTwoStates && count - done >= 2 * TLanes.Count; done += 2 * TLanes.Count)
            {
                HashTwo(source + (done * PairBytes), target + (done * NodeBytes), scratch);
            }

            for (; count - done >= TLanes.Count; done += TLanes.Count)
            {
                HashOne(source + (done * PairBytes), target + (done * NodeBytes), scratch);
            }

            if (done < count)
            {
                HashRest(source + (done * PairBytes), target + (done * NodeBytes), count - done, scratch);
            }
        }
    }

    // A vector with idle lanes takes less time than one pair does without vectors.
    [SkipLocalsInit]
    private static void HashRest(byte* pairs, byte* parents, int count, TVector* scratch)
    {
        byte* lanes = stackalloc byte[TLanes.Count * PairBytes];
        new ReadOnlySpan<byte>(pairs, count * PairBytes).CopyTo(new Span<byte>(lanes, count * PairBytes));
        HashOne(lanes, lanes, scratch);
        new ReadOnlySpan<byte>(lanes, count * NodeBytes).CopyTo(new Span<byte>(parents, count * NodeBytes));
    }

    private static void HashOne(byte* pairs, byte* parents, TVector* scratch)
    {
        TVector* state = scratch;
        TVector* schedule = state + StateWords;
        Sha256Blocks<TVector, TLanes>.Load(pairs, PairBytes, schedule);
        Sha256Compression<TVector, TLanes>.Initialize(state);
        Sha256Compression<TVector, TLanes>.Compress(state, schedule);
        Sha256Compression<TVector, TLanes>.CompressShared(state, Sha256Constants.PaddingRounds);
        Store(state, parents);
    }

    private static void HashTwo(byte* pairs, byte* parents, TVector* scratch)
    {
        TVector* state0 = scratch;
        TVector* state1 = state0 + StateWords;
        TVector* schedule0 = state1 + StateWords;
        TVector* schedule1 = schedule0 + ScheduleWords;
        Sha256Blocks<TVector, TLanes>.Load(pairs, PairBytes, schedule0);
        Sha256Blocks<TVector, TLanes>.Load(pairs + (TLanes.Count * PairBytes), PairBytes, schedule1);
        Sha256Compression<TVector, TLanes>.Initialize(state0);
        Sha256Compression<TVector, TLanes>.Initialize(state1);
        Sha256Compression<TVector, TLanes>.Compress(state0, schedule0, state1, schedule1);
        Sha256Compression<TVector, TLanes>.CompressShared(state0, state1, Sha256Constants.PaddingRounds);
        Store(state0, parents);
        Store(state1, parents + (TLanes.Count * NodeBytes));
    }

    // The last byte of a digest is the lowest of its last word.
    private static void Store(TVector* state, byte* parents)
    {
        state[7] = TLanes.And(state[7], TLanes.Broadcast(0xffffff3f));
        Sha256Blocks<TVector, TLanes>.Store(state, parents, NodeBytes);
    }
}
