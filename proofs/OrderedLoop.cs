namespace Federation.Proofs;

/// <summary>
/// A parallel loop whose pieces are made by several threads at once, and taken one at a time in their order: a digest
/// of a stream, a file that is written from beginning to end.
/// </summary>
/// <typeparam name="TBuffer">What a thread makes a piece in; each thread has one.</typeparam>
internal sealed class OrderedLoop<TBuffer>
{
    private static readonly TimeSpan CancellationCheck = TimeSpan.FromMilliseconds(50);

    private readonly object _gate = new();
    private readonly long _count;
    private readonly Action<long, TBuffer> _make, _take;
    private readonly CancellationToken _cancellationToken;
    private long _next, _turn;
    private bool _abandoned;

    private OrderedLoop(
        long count, Action<long, TBuffer> make, Action<long, TBuffer> take, CancellationToken cancellationToken)
    {
        _count = count;
        _make = make;
        _take = take;
        _cancellationToken = cancellationToken;
    }

    /// <summary>
    /// Returns when all pieces are taken. The first failure ends the loop and is thrown as it was; no piece after the
    /// failed one is taken.
    /// </summary>
    /// <param name="count">Pieces are 0 to count - 1.</param>
    /// <param name="threads">Threads at most.</param>
    /// <param name="buffer">Makes a thread's buffer.</param>
    /// <param name="make">Makes a piece; at the same time as other pieces.</param>
    /// <param name="take">Takes a piece; alone, and after all before it.</param>
    /// <param name="cancellationToken">Ends it within a piece's time.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Run(
        long count,
        int threads,
        Func<TBuffer> buffer,
        Action<long, TBuffer> make,
        Action<long, TBuffer> take,
        CancellationToken cancellationToken)
    {
        var loop = new OrderedLoop<TBuffer>(count, make, take, cancellationToken);
        ParallelLoop.Run(
            (int)Math.Min(count, threads), threads, _ => loop.Work(buffer()), cancellationToken);
    }

    /// <summary>
    /// What one thread does. Pieces are given out in their order, so that the one whose turn it is is always in work:
    /// nobody waits for a thread that has not begun.
    /// </summary>
    private void Work(TBuffer buffer)
    {
        var ended = false;
        try
        {
            while (Interlocked.Increment(ref _next) - 1 is var piece && piece < _count)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                _make(piece, buffer);
                if (!WaitForTurn(piece))
                {
                    return;
                }

                _take(piece, buffer);
                End(abandon: false);
            }

            ended = true;
        }
        finally
        {
            if (!ended)
            {
                End(abandon: true);
            }
        }
    }

    /// <summary>False when another thread failed.</summary>
    private bool WaitForTurn(long piece)
    {
        lock (_gate)
        {
            while (_turn != piece && !_abandoned)
            {
                Monitor.Wait(_gate, CancellationCheck);
                _cancellationToken.ThrowIfCancellationRequested();
            }

            return !_abandoned;
        }
    }

    private void End(bool abandon)
    {
        lock (_gate)
        {
            _turn += abandon ? 0 : 1;
            _abandoned |= abandon;
            Monitor.PulseAll(_gate);
        }
    }
}
