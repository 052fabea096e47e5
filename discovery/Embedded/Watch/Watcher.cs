using Federation.Discovery.Embedded.Mvcc;
using Federation.Proto.Etcd;

namespace Federation.Discovery.Embedded.Watch;

/// <summary>One watch: what it follows and how far it has been told. Used by its stream alone.</summary>
internal sealed class Watcher(long id, WatchCreateRequest request, long next)
{
    private readonly KeyRange _range = new(request.Key, request.RangeEnd);
    private readonly bool _noPut = request.Filters.Contains(WatchCreateRequest.Types.FilterType.Noput);
    private readonly bool _noDelete = request.Filters.Contains(WatchCreateRequest.Types.FilterType.Nodelete);

    public long Id { get; } = id;

    public bool WantsPrevious { get; } = request.PrevKv;

    public bool WantsProgress { get; } = request.ProgressNotify;

    /// <summary>The first revision that it has not been told.</summary>
    public long Next { get; set; } = next;

    /// <summary>When it was last told anything.</summary>
    public long LastTold { get; set; }

    public bool Wants(Event change) =>
        _range.Contains(change.Kv.Key)
        && (change.Type == Event.Types.EventType.Put ? !_noPut : !_noDelete);
}
