namespace Federation.Worker.Processor;

/// <summary>Writes whole lines, one after the other, whoever calls. Thread-safe.</summary>
internal sealed class ProcessorLineWriter(Stream stream) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Writes a line; its end is added.</summary>
    /// <exception cref="IOException">Nobody reads it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a part of the line may be written.</exception>
    public async Task WriteAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await stream.WriteAsync((byte[])[.. line.Span, (byte)'\n'], cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();
}
