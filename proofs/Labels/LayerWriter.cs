namespace Federation.Proofs.Labels;

/// <summary>
/// Writes a layer that is made in memory to its file while it grows, on another thread, so that the chain of hashes
/// does not wait for the system. One caller.
/// </summary>
/// <param name="output">Where the labels go.</param>
/// <param name="labels">The layer's labels.</param>
internal sealed class LayerWriter(LayerOutput output, NativeBuffer labels)
{
    private const int NodeSize = SectorShape.NodeSize, BytesAtOnce = 1 << 20;

    private Task _writing = Task.CompletedTask;
    private long _begun;

    /// <summary>
    /// Tells how many labels are final. Returns at once; a failure of an earlier write comes out here.
    /// </summary>
    public void Offer(long nodes)
    {
        if (_writing.IsCompleted && (nodes * NodeSize) - _begun >= BytesAtOnce)
        {
            _writing.GetAwaiter().GetResult();
            Begin(nodes * NodeSize);
        }
    }

    /// <summary>Writes what is left and waits for all of it.</summary>
    public void Finish(long nodes)
    {
        _writing.GetAwaiter().GetResult();
        Begin(nodes * NodeSize);
        _writing.GetAwaiter().GetResult();
    }

    /// <summary>Waits until nothing is written any more, whatever became of it.</summary>
    public void Stop() => Task.WaitAny([_writing], CancellationToken.None);

    private void Begin(long end)
    {
        var from = _begun;
        _begun = end;
        _writing = Task.Run(() => Write(from, end));
    }

    private void Write(long from, long end)
    {
        for (var position = from; position < end; position += BytesAtOnce)
        {
            output.Append(labels.Span(position, (int)Math.Min(BytesAtOnce, end - position)));
        }
    }
}
