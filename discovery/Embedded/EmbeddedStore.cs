using System.Security.Cryptography;
using Federation.Discovery.Embedded.Log;
using Federation.Discovery.Embedded.Watch;
using Federation.Proto.Etcd;
using Federation.Proto.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Discovery.Embedded;

/// <summary>
/// A single-node store with etcd's v3 semantics, in one folder: keys with revisions, guarded transactions, leases,
/// watches. What is acknowledged, read or watched is on disk: each answer waits until everything it shows is durable.
/// Thread-safe. Refusals are <see cref="RpcException"/> with etcd's codes and words.
/// </summary>
public sealed partial class EmbeddedStore : IAsyncDisposable
{
    private readonly EmbeddedStoreOptions _options;
    private readonly ILogger _logger;
    private readonly ILogFiles _files;
    private readonly Lock _lock = new();
    private readonly StoreState _state;
    private readonly LogWriter _log;
    private readonly WatchHub _watches;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task[] _loops;
    private long _durableRevision;
    private int _isDisposed;

    private EmbeddedStore(
        ILogFiles files, StoreState state, LogLoader loaded, EmbeddedStoreOptions options, ILogger logger)
    {
        (_files, _state, _options, _logger) = (files, state, options, logger);
        var (name, length, _) = loaded.Tail ?? (LogNames.Log(loaded.LastBatch + 1), 0, 0);
        _durableRevision = state.Keys.Revision;
        _snapshotBytes = loaded.Snapshot.Bytes;
        _watches = new WatchHub(this, options.TimeProvider, options.ProgressInterval);
        _log = new LogWriter(files, name, length, loaded.LastBatch) { OnDurable = AfterDurable };
        _loops = [EndLeasesLoopAsync(), ReportFailureAsync()];
    }

    /// <summary>
    /// Completes when the store can no longer write: its owner then stops loudly. Null when it was disposed.
    /// </summary>
    public Task<Exception?> Stopped => _log.Stopped;

    internal EmbeddedStoreOptions Options => _options;

    /// <summary>
    /// Opens the store in a folder, which it then holds exclusively; an empty folder becomes an empty store.
    /// </summary>
    /// <exception cref="StoreFolderException">The folder is in use, not writable or damaged.</exception>
    public static async Task<EmbeddedStore> OpenAsync(
        string path, EmbeddedStoreOptions? options = null, ILogger? logger = null)
    {
        var folder = new LogFolder(path);
        try
        {
            var store = await OpenAsync(folder, options, logger);
            var (keys, leases) = (store._state.Keys, store._state.Leases.All.Count());
            EmbeddedStoreLog.Opened(store._logger, path, keys.Revision, keys.KeyCount, leases);
            return store;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            folder.Dispose();
            throw e as StoreFolderException ?? new StoreFolderException(
                $"The store's folder {path} cannot be used ({e.Message.TrimEnd('.')}): free space there, give this "
                + "user permission or mend the disk.",
                e);
        }
    }

    internal static async Task<EmbeddedStore> OpenAsync(
        ILogFiles files, EmbeddedStoreOptions? options = null, ILogger? logger = null)
    {
        options ??= new EmbeddedStoreOptions();
        logger ??= NullLogger.Instance;
        var state = new StoreState(options.TimeProvider);
        var loader = new LogLoader(files, state);
        loader.Load();
        if (loader.Tail is { CutBytes: > 0 } tail)
        {
            EmbeddedStoreLog.CutTail(logger, tail.Name, tail.CutBytes);
        }

        new SnapshotWriter(files).DeleteReplaced(loader.Snapshot.LastBatch);
        var store = new EmbeddedStore(files, state, loader, options, logger);
        try
        {
            await store.BeginTermAsync();
            return store;
        }
        catch (IOException)
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _log.DisposeAsync();
        await Task.WhenAll(_loops);
        if (_snapshot is { } snapshot)
        {
            await snapshot;
        }

        (_files as IDisposable)?.Dispose();
        _stopping.Dispose();
    }

    internal ResponseHeader Header(long revision) => new()
    {
        ClusterId = _state.Identity!.ClusterId,
        MemberId = _state.Identity.MemberId,
        Revision = revision,
        RaftTerm = _state.Identity.Term,
    };

    /// <summary>Each start is a term, and whoever the store is was chosen at its first.</summary>
    private Task BeginTermAsync()
    {
        lock (_lock)
        {
            var old = _state.Identity;
            _state.Identity = new Identity
            {
                ClusterId = old?.ClusterId ?? RandomId(),
                MemberId = old?.MemberId ?? RandomId(),
                Term = (old?.Term ?? 0) + 1,
            };
            return _log.Append(new LogRecord { Identity = _state.Identity }, _state.Keys.Revision);
        }
    }

    private static ulong RandomId() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>
    /// Runs a write under the lock and answers once it, and all that it saw, is durable. A step that refuses has
    /// changed nothing.
    /// </summary>
    private async Task<T> WriteAsync<T>(Func<WriteStep, T> write)
    {
        T answer;
        Task durable;
        lock (_lock)
        {
            ThrowIfStopped();
            var step = new WriteStep(_state);
            try
            {
                answer = write(step);
            }
            catch (Exception e) when (step.HasChanges)
            {
                // Refusals come before the first change. Memory is now ahead of the log, so nothing more is told.
                _log.Abort(e);
                throw;
            }

            durable = step.Finish() is { } record ? _log.Append(record, _state.Keys.Revision) : _log.Pending();
        }

        await DurableAsync(durable);
        SnapshotIfLong();
        return answer;
    }

    /// <summary>Reads under the lock and answers once what it saw is durable.</summary>
    private async Task<T> ReadAsync<T>(Func<StoreState, T> read)
    {
        T answer;
        Task durable;
        lock (_lock)
        {
            ThrowIfStopped();
            answer = read(_state);
            durable = _log.Pending();
        }

        await DurableAsync(durable);
        return answer;
    }

    private static async Task DurableAsync(Task durable)
    {
        try
        {
            await durable;
        }
        catch (IOException e)
        {
            throw new RpcException(StatusCode.Unavailable, e.Message, e);
        }
    }

    internal void ThrowIfStopped()
    {
        if (_stopping.IsCancellationRequested || _log.Stopped.IsCompleted)
        {
            throw EtcdErrors.Stopped();
        }
    }

    private void AfterDurable(long revision)
    {
        Volatile.Write(ref _durableRevision, revision);
        _watches.Signal();
    }

    private async Task ReportFailureAsync()
    {
        if (await _log.Stopped is { } cause)
        {
            EmbeddedStoreLog.Failed(_logger, cause);
            _watches.Signal();
        }
    }
}
