namespace Federation.Proofs.Sha256;

/// <content>The same calls with lengths that are checked.</content>
internal static unsafe partial class Sha256Compression<TVector, TLanes>
{
    /// <inheritdoc cref="Initialize(TVector*)"/>
    /// <exception cref="ArgumentOutOfRangeException">The state has another length.</exception>
    internal static void Initialize(Span<TVector> state)
    {
        fixed (TVector* first = State(state))
        {
            Initialize(first);
        }
    }

    /// <inheritdoc cref="Compress(TVector*, TVector*)"/>
    /// <exception cref="ArgumentOutOfRangeException">The state or the schedule has another length.</exception>
    internal static void Compress(Span<TVector> state, Span<TVector> schedule)
    {
        fixed (TVector* first = State(state), word = Schedule(schedule))
        {
            Compress(first, word);
        }
    }

    /// <inheritdoc cref="Compress(TVector*, TVector*, TVector*, TVector*)"/>
    /// <exception cref="ArgumentOutOfRangeException">A state or a schedule has another length.</exception>
    internal static void Compress(
        Span<TVector> state0, Span<TVector> schedule0, Span<TVector> state1, Span<TVector> schedule1)
    {
        fixed (TVector* first0 = State(state0), word0 = Schedule(schedule0))
        {
            fixed (TVector* first1 = State(state1), word1 = Schedule(schedule1))
            {
                Compress(first0, word0, first1, word1);
            }
        }
    }

    /// <inheritdoc cref="CompressExpanded(TVector*, TVector*)"/>
    /// <exception cref="ArgumentOutOfRangeException">The state or the schedule has another length.</exception>
    internal static void CompressExpanded(Span<TVector> state, Span<TVector> schedule)
    {
        fixed (TVector* first = State(state), word = Schedule(schedule))
        {
            CompressExpanded(first, word);
        }
    }

    /// <inheritdoc cref="CompressExpanded(TVector*, TVector*, TVector*, TVector*)"/>
    /// <exception cref="ArgumentOutOfRangeException">A state or a schedule has another length.</exception>
    internal static void CompressExpanded(
        Span<TVector> state0, Span<TVector> schedule0, Span<TVector> state1, Span<TVector> schedule1)
    {
        fixed (TVector* first0 = State(state0), word0 = Schedule(schedule0))
        {
            fixed (TVector* first1 = State(state1), word1 = Schedule(schedule1))
            {
                CompressExpanded(first0, word0, first1, word1);
            }
        }
    }

    /// <inheritdoc cref="CompressShared(TVector*, ReadOnlySpan{uint})"/>
    /// <exception cref="ArgumentOutOfRangeException">The state or the schedule has another length.</exception>
    internal static void CompressShared(Span<TVector> state, ReadOnlySpan<uint> scheduleWithConstants)
    {
        fixed (TVector* first = State(state))
        {
            CompressShared(first, scheduleWithConstants);
        }
    }

    /// <inheritdoc cref="CompressShared(TVector*, TVector*, ReadOnlySpan{uint})"/>
    /// <exception cref="ArgumentOutOfRangeException">A state or the schedule has another length.</exception>
    internal static void CompressShared(
        Span<TVector> state0, Span<TVector> state1, ReadOnlySpan<uint> scheduleWithConstants)
    {
        fixed (TVector* first0 = State(state0), first1 = State(state1))
        {
            CompressShared(first0, first1, scheduleWithConstants);
        }
    }

    private static Span<TVector> State(Span<TVector> state)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(state.Length, StateWords);
        return state;
    }

    private static Span<TVector> Schedule(Span<TVector> schedule)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(schedule.Length, ScheduleWords);
        return schedule;
    }
}
