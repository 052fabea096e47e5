using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Federation.Proofs;

/// <summary>Work on one chunk, in a buffer that nothing else uses meanwhile.</summary>
internal delegate void ChunkAction(long chunk, byte[] buffer);

/// <summary>
/// Runs the chunks of a phase on several threads. They are begun in their order, computed beside one another, and
/// stored in their order, one at a time: files grow from beginning to end. A few buffers more than threads go round, so
/// that nobody waits for a slow neighbour.
/// </summary>
internal sealed class ChunkedWork : IDisposable
{
    private readonly long _chunks;
    private readonly ChunkAction _compute;
    private readonly ChunkAction _store;
    private readonly CancellationTokenSource _ended;
    private readonly Lock _gate = new();
    private readonly Dictionary<long, byte[]> _computed = [];
    private readonly Stack<byte[]> _free;
    private readonly SemaphoreSlim _freeCount;
    private long _nextToCompute;
    private long _nextToStore;
    private bool _storing;
    private ExceptionDispatchInfo? _failure;

    private ChunkedWork(
        long chunks, byte[][] buffers, ChunkAction compute, ChunkAction store, CancellationTokenSource ended)
    {
        _chunks = chunks;
        _compute = compute;
        _store = store;
        _ended = ended;
        _free = new Stack<byte[]>(buffers);
        _freeCount = new SemaphoreSlim(buffers.Length);
    }

    /// <summary>
    /// Calls <paramref name="compute"/> and then <paramref name="store"/> for every chunk. The first failure ends the
    /// others and is thrown as it was.
    /// </summary>
    /// <param name="chunks">Number of chunks.</param>
    /// <param name="bufferBytes">Bytes that a chunk needs; the buffer may be longer.</param>
    /// <param name="options">Threads, and the memory of which buffers take at most half.</param>
    /// <param name="compute">Fills the buffer; called for any chunks at the same time.</param>
    /// <param name="store">Takes the buffer's content away; called in the order of chunks, never twice at a
    /// time.</param>
    /// <param name="cancellationToken">Begins no further chunk.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Run(
        long chunks,
        int bufferBytes,
        SealOptions options,
        ChunkAction compute,
        ChunkAction store,
        CancellationToken cancellationToken)
    {
        var affordable = Math.Max(1, options.MemoryBytes / 2 / bufferBytes);
        var threads = (int)Math.Min(options.Threads, Math.Min(affordable, chunks));
        var buffers = new byte[(int)Math.Min(Math.Min(affordable, chunks), 2L * threads)][];
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        for (var i = 0; i < buffers.Length; i++)
        {
            buffers[i] = ArrayPool<byte>.Shared.Rent(bufferBytes);
        }

        using var work = new ChunkedWork(chunks, buffers, compute, store, ended);
        try
        {
            ParallelLoop.Run(threads, threads, _ => work.RunThread(), CancellationToken.None);
            work._failure?.Throw();
        }
        finally
        {
            Array.ForEach(buffers, buffer => ArrayPool<byte>.Shared.Return(buffer));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _freeCount.Dispose();

    private void RunThread()
    {
        try
        {
            while (TryTake(out var chunk, out var buffer))
            {
                _compute(chunk, buffer);
                Hand(chunk, buffer);
            }
        }
        catch (Exception failure)
        {
            // Whatever it is, the others must not wait for this thread's chunk, and the caller is thrown the first.
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
            _ended.Cancel();
        }
    }

    // The chunk to be stored next always has a buffer, since buffers are given out in the order of chunks.
    private bool TryTake(out long chunk, [NotNullWhen(true)] out byte[]? buffer)
    {
        _freeCount.Wait(_ended.Token);
        lock (_gate)
        {
            chunk = _nextToCompute;
            buffer = chunk < _chunks ? _free.Pop() : null;
            _nextToCompute += buffer is null ? 0 : 1;
        }

        if (buffer is null)
        {
            _freeCount.Release();
        }

        return buffer is not null;
    }

    private void Hand(long chunk, byte[] buffer)
    {
        lock (_gate)
        {
            _computed.Add(chunk, buffer);
            if (_storing)
            {
                return;
            }

            _storing = true;
        }

        while (NextToStore() is { } next)
        {
            _ended.Token.ThrowIfCancellationRequested();
            _store(next.Chunk, next.Buffer);
            lock (_gate)
            {
                _free.Push(next.Buffer);
            }

            _freeCount.Release();
        }
    }

    private (long Chunk, byte[] Buffer)? NextToStore()
    {
        lock (_gate)
        {
            _storing = _computed.Remove(_nextToStore, out var buffer);
            return _storing ? (_nextToStore++, buffer!) : null;
        }
    }
}
