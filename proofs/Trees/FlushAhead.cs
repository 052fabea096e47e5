using System.Runtime.ExceptionServices;

namespace Federation.Proofs.Trees;

/// <summary>
/// Has a growing file written to the disk while it is made, by a task of its own: at the end little is left to wait
/// for, and the system keeps few pages that only it could have written. For one writer at a time.
/// </summary>
/// <param name="flush">Returns when everything that was written is on the disk.</param>
internal sealed class FlushAhead(Action flush)
{
    private const long Step = 64L << 20;

    private long _waiting;
    private Task _flush = Task.CompletedTask;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Counts bytes that were written.</summary>
    /// <exception cref="IOException">An earlier part could not be brought to the disk.</exception>
    public void Add(long bytes)
    {
        _waiting += bytes;
        if (_waiting >= Step && _flush.IsCompleted)
        {
            _failure?.Throw();
            _waiting = 0;
            _flush = Task.Run(Flush);
        }
    }

    /// <summary>
    /// Returns when the part that is under way is on the disk: the system tells of its failure once, and whoever
    /// flushes the rest would not hear of it.
    /// </summary>
    /// <exception cref="IOException">An earlier part could not be brought to the disk.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the disk then goes on by itself.</exception>
    public void Finish(CancellationToken cancellationToken)
    {
        _flush.WaitAsync(cancellationToken).GetAwaiter().GetResult();
        _failure?.Throw();
    }

    private void Flush()
    {
        try
        {
            flush();
        }
        catch (Exception failure) when (
            failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // For the writer; one that gave up and closed the file need not hear of it.
            _failure = ExceptionDispatchInfo.Capture(failure);
        }
    }
}
