using Federation.Journal;
using Google.Protobuf;

namespace Federation.Discovery.Embedded.Log;

/// <summary>
/// Appends to the log on a thread of its own. While one batch is being flushed the next one gathers, so many writers
/// share a flush. The first failure is final: what the disk holds is then unknown, and nothing more is acknowledged.
/// Thread-safe.
/// </summary>
internal sealed class LogWriter : IAsyncDisposable
{
    private const int BatchBytes = 8 * 1024 * 1024;
    private readonly ILogFiles _files;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Exception?> _stopped =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Queue<Batch> _full = [];
    private ILogFile _file;
    private Batch _open = new();
    private Batch? _writing;
    private ulong _lastBatch;
    private long _fileBytes;
    private Task _failed = Task.CompletedTask;
    private bool _isStopping;

    /// <summary>Continues a log after a batch.</summary>
    public LogWriter(ILogFiles files, string name, long length, ulong lastBatch)
    {
        _files = files;
        _file = files.OpenAppend(name, length);
        _lastBatch = lastBatch;
        _fileBytes = length;
        new Thread(Run) { IsBackground = true, Name = "store log" }.Start();
    }

    /// <summary>Ends with the cause when the log failed, with null when it was disposed.</summary>
    public Task<Exception?> Stopped => _stopped.Task;

    /// <summary>Bytes in the present log file.</summary>
    public long FileBytes => Volatile.Read(ref _fileBytes);

    /// <summary>Called, off any lock, after a batch has become durable, before those who wait for it go on.</summary>
    public Action<long>? OnDurable { get; set; }

    /// <summary>
    /// Queues a record; the task ends when it is durable, or with <see cref="IOException"/>. Records become durable
    /// in the order of these calls. <paramref name="revision"/> is the store's revision after it.
    /// </summary>
    public Task Append(LogRecord record, long revision)
    {
        lock (_lock)
        {
            if (_isStopping)
            {
                return Task.FromException(new IOException("The store's log is closed."));
            }

            var batch = _open;
            if (batch.Records.Records.Count == 0)
            {
                _work.Release();
            }

            batch.Records.Records.Add(record);
            batch.Bytes += record.CalculateSize();
            batch.Revision = revision;
            if (batch.Bytes >= BatchBytes)
            {
                CloseOpen();
            }

            return batch.Done.Task;
        }
    }

    /// <summary>Ends when everything that was queued so far is durable.</summary>
    public Task Pending()
    {
        lock (_lock)
        {
            var last = _open.Records.Records.Count > 0 ? _open : _full.LastOrDefault() ?? _writing;
            return last?.Done.Task ?? _failed;
        }
    }

    /// <summary>
    /// Ends this log after what was queued so far and begins a new one; returns the number of the last batch in the
    /// old one. <paramref name="marker"/> makes sure that there is such a batch.
    /// </summary>
    public Task<ulong> Rotate(LogRecord marker, long revision)
    {
        lock (_lock)
        {
            if (_isStopping)
            {
                return Task.FromException<ulong>(new IOException("The store's log is closed."));
            }

            var rotated = new TaskCompletionSource<ulong>(TaskCreationOptions.RunContinuationsAsynchronously);
            var batch = _open;
            batch.Rotated = rotated;
            Append(marker, revision);
            if (_open == batch)
            {
                CloseOpen();
            }

            return rotated.Task;
        }
    }

    /// <summary>Stops for good: what was queued is not acknowledged, and nothing is taken any more.</summary>
    public void Abort(Exception cause) => Fail(cause);

    /// <summary>Flushes what is queued and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isStopping = true;
            _work.Release();
        }

        await _ended.Task;
        _file.Dispose();
        _work.Dispose();
    }

    private void CloseOpen()
    {
        _full.Enqueue(_open);
        _open = new Batch();
    }

    private void Run()
    {
        try
        {
            while (NextBatch() is { } batch)
            {
                Write(batch);
            }

            _stopped.TrySetResult(null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(e);
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    /// <summary>
    /// Waits for work; null when stopping and nothing is left. The thread is the log's own and may block: whatever ends
    /// the log, its disposal or its failure, releases it.
    /// </summary>
    private Batch? NextBatch()
    {
        while (true)
        {
            lock (_lock)
            {
                _writing = null;
                if (_full.TryDequeue(out var full))
                {
                    return _writing = full;
                }

                if (_open.Records.Records.Count > 0)
                {
                    (_writing, _open) = (_open, new Batch());
                    return _writing;
                }

                if (_isStopping)
                {
                    return null;
                }
            }

            _work.Wait();
        }
    }

    private void Write(Batch batch)
    {
        var bytes = Frame.Encode(_lastBatch + 1, batch.Records.ToByteArray());
        _file.Append(bytes);
        _file.Sync();
        _lastBatch++;
        Volatile.Write(ref _fileBytes, _fileBytes + bytes.Length);
        OnDurable?.Invoke(batch.Revision);
        batch.Done.TrySetResult();
        if (batch.Rotated is { } rotated)
        {
            _file.Dispose();
            _file = _files.OpenAppend(LogNames.Log(_lastBatch + 1), 0);
            Volatile.Write(ref _fileBytes, 0);
            rotated.TrySetResult(_lastBatch);
        }
    }

    private void Fail(Exception cause)
    {
        lock (_lock)
        {
            if (_stopped.Task.IsCompleted)
            {
                return;
            }

            _isStopping = true;
            var error = new IOException($"The store's log cannot be written: {cause.Message}", cause);
            foreach (var batch in _full.Append(_open).Prepend(_writing).OfType<Batch>())
            {
                batch.Done.TrySetException(error);
                batch.Rotated?.TrySetException(error);
            }

            _writing = null;
            _full.Clear();
            _open = new Batch();
            _failed = Task.FromException(error);
            _stopped.TrySetResult(error);
            _work.Release();
        }
    }

    private sealed class Batch
    {
        public LogBatch Records { get; } = new();

        public long Revision { get; set; }

        public int Bytes { get; set; }

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<ulong>? Rotated { get; set; }
    }
}
