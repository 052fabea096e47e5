using Federation.Discovery.Embedded.Watch;
using Federation.Proto.Etcd;

namespace Federation.Discovery.Embedded;

// What watches are told: only what is durable.
public sealed partial class EmbeddedStore
{
    private const int MaxResponseEvents = 1000;
    private const int MaxResponseBytes = 1024 * 1024;

    internal WatchStream OpenWatchStream() => _watches.Open();

    /// <summary>The header of what is durable, or of an earlier revision.</summary>
    internal ResponseHeader DurableHeader(long limit = long.MaxValue) =>
        Header(Math.Min(limit, Volatile.Read(ref _durableRevision)));

    /// <summary>
    /// What the watch has not been told yet, in whole revisions, one answer's worth; null when there is nothing. A
    /// watch whose next revision has been compacted is cancelled.
    /// </summary>
    internal WatchResponse? ReadChanges(Watcher watcher)
    {
        var durable = Volatile.Read(ref _durableRevision);
        if (watcher.Next > durable)
        {
            return null;
        }

        lock (_lock)
        {
            if (watcher.Next < _state.Keys.Compacted)
            {
                return new WatchResponse
                {
                    // As etcd: this answer belongs to no revision.
                    Header = Header(0),
                    WatchId = watcher.Id,
                    Canceled = true,
                    CompactRevision = _state.Keys.Compacted,
                };
            }

            var response = new WatchResponse { WatchId = watcher.Id };
            for (var bytes = 0; watcher.Next <= durable && bytes < MaxResponseBytes
                && response.Events.Count < MaxResponseEvents; watcher.Next++)
            {
                bytes += AddChanges(response, watcher);
            }

            response.Header = Header(watcher.Next - 1);
            return response.Events.Count > 0 ? response : null;
        }
    }

    private int AddChanges(WatchResponse response, Watcher watcher)
    {
        var bytes = 0;
        foreach (var change in _state.Keys.ChangesAt(watcher.Next))
        {
            if (watcher.Wants(change))
            {
                var told = watcher.WantsPrevious ? WithPrevious(change) : change;
                response.Events.Add(told);
                bytes += told.CalculateSize();
            }
        }

        return bytes;
    }

    private Event WithPrevious(Event change)
    {
        var copy = change.Clone();
        copy.PrevKv = _state.Keys.Get(change.Kv.Key, change.Kv.ModRevision - 1);
        return copy;
    }
}
