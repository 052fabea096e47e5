namespace Federation.Proofs.Trees;

/// <summary>
/// Has a growing file written to the disk while it is made, by a task of its own: at the end little is left to wait
/// for,
/// and the system keeps few pages that only it could have written. For one writer at a time.
/// </summary>
internal sealed class FlushAhead(NodeFile file)
{
    private const long Step = 64L << 20;

    private long _waiting;
    private Task _flush = Task.CompletedTask;

    /// <summary>Counts bytes that were written.</summary>
    /// <exception cref="IOException">An earlier part could not be brought to the disk.</exception>
    public void Add(long bytes)
    {
        _waiting += bytes;
        if (_waiting >= Step && _flush.IsCompleted)
        {
            _flush.GetAwaiter().GetResult();
            _waiting = 0;
            _flush = Task.Run(file.Flush);
        }
    }

    /// <summary>Returns when all is on the disk, or at once when cancelled; the disk then goes on by itself.</summary>
    /// <exception cref="IOException">The file could not be brought to the disk.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Finish(CancellationToken cancellationToken)
    {
        _flush.WaitAsync(cancellationToken).GetAwaiter().GetResult();
        _flush = Task.Run(file.Flush, cancellationToken);
        _flush.WaitAsync(cancellationToken).GetAwaiter().GetResult();
    }
}
