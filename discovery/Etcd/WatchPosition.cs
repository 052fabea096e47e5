using Federation.Discovery.Store;
using Federation.Proto.Etcd;

namespace Federation.Discovery.Etcd;

/// <summary>How far a watch has come, across the streams that it is served on. Used by one reader.</summary>
internal sealed class WatchPosition(WatchQuery query)
{
    private object? _stream;

    public string Key => query.Key;

    /// <summary>The first revision not seen yet; 0 until the server has said what "now" is.</summary>
    public long Next { get; private set; } = query.FromRevision;

    /// <summary>The last revision seen, here or by the listing before; 0 when nothing was.</summary>
    public long LastSeen { get; private set; } = Math.Max(0, query.FromRevision - 1);

    /// <summary>Who served the watch last; 0 before the first answer.</summary>
    public ulong ClusterId { get; set; }

    /// <summary>True once for each stream.</summary>
    public bool IsNewStream(object stream)
    {
        var isNew = !ReferenceEquals(stream, _stream);
        _stream = stream;
        return isNew;
    }

    /// <summary>Asks for everything not seen yet.</summary>
    public WatchRequest Request()
    {
        var (key, end) = EtcdMessages.Range(query.Key, query.IsPrefix);
        return new WatchRequest
        {
            CreateRequest = new WatchCreateRequest
            {
                Key = key, RangeEnd = end, StartRevision = Next, ProgressNotify = true,
            },
        };
    }

    /// <summary>What a response has that is new; null when nothing.</summary>
    public WatchBatch? Take(WatchResponse response)
    {
        if (response.Created)
        {
            Next = Next > 0 ? Next : response.Header.Revision + 1;
            return null;
        }

        WatchChange[] changes = [.. response.Events
            .Where(change => change.Kv.ModRevision >= Next)
            .Select(EtcdMessages.Change)];
        // The header's revision is the server's; only a response without events says that all before it was sent.
        var seen = response.Events.Count > 0 ? response.Events[^1].Kv.ModRevision : response.Header.Revision;
        if (seen < Next)
        {
            return null;
        }

        Next = seen + 1;
        LastSeen = seen;
        return new WatchBatch(changes, seen);
    }
}
