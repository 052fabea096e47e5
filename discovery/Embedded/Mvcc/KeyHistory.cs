using Federation.Proto.Etcd;
using Google.Protobuf;

namespace Federation.Discovery.Embedded.Mvcc;

/// <summary>One key's versions since the last compaction, oldest first; a deletion is a version too.</summary>
internal sealed class KeyHistory(ByteString key)
{
    private readonly List<Event> _versions = [];

    public ByteString Key { get; } = key;

    public bool IsEmpty => _versions.Count == 0;

    public IReadOnlyList<Event> Versions => _versions;

    public void Add(Event version) => _versions.Add(version);

    /// <summary>The key as of a revision; null when it did not exist then.</summary>
    public KeyValue? At(long revision)
    {
        for (var i = _versions.Count - 1; i >= 0; i--)
        {
            if (_versions[i].Kv.ModRevision <= revision)
            {
                return _versions[i].Type == Event.Types.EventType.Put ? _versions[i].Kv : null;
            }
        }

        return null;
    }

    /// <summary>Drops what nobody can read any more: all but the version that holds at the revision.</summary>
    public void Compact(long revision)
    {
        var newest = _versions.FindLastIndex(version => version.Kv.ModRevision <= revision);
        if (newest < 0)
        {
            return;
        }

        var isDeleted = _versions[newest].Type == Event.Types.EventType.Delete;
        _versions.RemoveRange(0, isDeleted ? newest + 1 : newest);
    }
}
