using System.Threading.Channels;
using Federation.Proto.Etcd;

namespace Federation.Discovery.Embedded.Watch;

/// <summary>
/// The watches of one client connection. Answers are pulled, so a slow client holds nothing up and costs no memory:
/// it is told from the history what it has missed, or that it was compacted. Requests may come from another task than
/// the one that pulls.
/// </summary>
internal sealed class WatchStream(
    EmbeddedStore store, TimeProvider time, TimeSpan progressInterval, Action<WatchStream> onClose) : IDisposable
{
    private const long NoWatch = -1;
    private readonly Lock _lock = new();
    private readonly Queue<WatchResponse> _control = new();
    private readonly Dictionary<long, Watcher> _watchers = [];
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _nextId;

    /// <summary>There may be something new.</summary>
    public void Signal() => _signal.Writer.TryWrite(true);

    /// <summary>Takes a request.</summary>
    public void Take(WatchRequest request)
    {
        lock (_lock)
        {
            switch (request.RequestUnionCase)
            {
                case WatchRequest.RequestUnionOneofCase.CreateRequest:
                    Create(request.CreateRequest);
                    break;
                case WatchRequest.RequestUnionOneofCase.CancelRequest:
                    Cancel(request.CancelRequest.WatchId);
                    break;
                case WatchRequest.RequestUnionOneofCase.ProgressRequest:
                    TellProgress();
                    break;
                default:
                    break;
            }
        }

        Signal();
    }

    /// <summary>The next answer; waits for one.</summary>
    public async Task<WatchResponse> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            store.ThrowIfStopped();
            if (TryNext() is { } response)
            {
                return response;
            }

            await WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => onClose(this);

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var quiet = new CancellationTokenSource(progressInterval, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, cancellationToken);
        try
        {
            await _signal.Reader.ReadAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return;
        }
    }

    private WatchResponse? TryNext()
    {
        lock (_lock)
        {
            if (_control.TryDequeue(out var answer))
            {
                return answer;
            }

            // Who is furthest behind comes first, so that one busy watch holds up no other.
            foreach (var watcher in _watchers.Values.OrderBy(static watcher => watcher.Next))
            {
                if (store.ReadChanges(watcher) is { } changes)
                {
                    return Told(watcher, changes);
                }
            }

            return DueProgress();
        }
    }

    private WatchResponse Told(Watcher watcher, WatchResponse response)
    {
        watcher.LastTold = time.GetTimestamp();
        if (response.Canceled)
        {
            _watchers.Remove(watcher.Id);
        }

        return response;
    }

    private WatchResponse? DueProgress()
    {
        var due = _watchers.Values.FirstOrDefault(
            watcher => watcher.WantsProgress && time.GetElapsedTime(watcher.LastTold) >= progressInterval);
        // Only what this watch has been told: more may have become durable since it was asked for.
        return due is null
            ? null
            : Told(due, new WatchResponse { Header = store.DurableHeader(due.Next - 1), WatchId = due.Id });
    }

    private void Create(WatchCreateRequest request)
    {
        var header = store.DurableHeader();
        var key = request.Clone();
        if (key.Key.IsEmpty)
        {
            key.Key = Google.Protobuf.ByteString.CopyFrom(0);
        }

        if (!IsLegal(key) || (request.WatchId != 0 && _watchers.ContainsKey(request.WatchId)))
        {
            _control.Enqueue(new WatchResponse
            {
                Header = header,
                WatchId = NoWatch,
                Created = true,
                Canceled = true,
                CancelReason = IsLegal(key)
                    ? "mvcc: duplicate watch ID provided on the WatchStream"
                    : "mvcc: watcher range is empty",
            });
            return;
        }

        var next = request.StartRevision > 0 ? request.StartRevision : header.Revision + 1;
        var watcher = new Watcher(NewId(request.WatchId), key, next) { LastTold = time.GetTimestamp() };
        _watchers.Add(watcher.Id, watcher);
        _control.Enqueue(new WatchResponse { Header = header, WatchId = watcher.Id, Created = true });
    }

    private long NewId(long wanted)
    {
        if (wanted != 0)
        {
            return wanted;
        }

        while (_watchers.ContainsKey(_nextId))
        {
            _nextId++;
        }

        return _nextId++;
    }

    private static bool IsLegal(WatchCreateRequest request)
    {
        var range = new Mvcc.KeyRange(request.Key, request.RangeEnd);
        return range.IsSingle || range.IsOpenEnded || Mvcc.KeyOrder.Compare(range.Start, range.End) < 0;
    }

    private void Cancel(long id)
    {
        if (_watchers.Remove(id))
        {
            _control.Enqueue(new WatchResponse { Header = store.DurableHeader(), WatchId = id, Canceled = true });
        }
    }

    /// <summary>Answers once every watch has been told everything up to the revision that is named.</summary>
    private void TellProgress()
    {
        var header = store.DurableHeader();
        foreach (var watcher in _watchers.Values)
        {
            // A watch whose revision was compacted is told so once, and is over.
            for (var isOver = false; !isOver && watcher.Next <= header.Revision
                && store.ReadChanges(watcher) is { } changes; isOver = changes.Canceled)
            {
                _control.Enqueue(Told(watcher, changes));
            }
        }

        _control.Enqueue(new WatchResponse { Header = header, WatchId = NoWatch });
    }
}
