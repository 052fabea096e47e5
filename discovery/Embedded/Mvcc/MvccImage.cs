using Federation.Proto.Etcd;

namespace Federation.Discovery.Embedded.Mvcc;

/// <summary>All keys at one moment.</summary>
/// <param name="Revision">The newest revision.</param>
/// <param name="Compacted">The compacted revision.</param>
/// <param name="Base">Versions older than the history.</param>
/// <param name="History">The changes of each revision in the history, the last of them being the newest.</param>
internal sealed record MvccImage(long Revision, long Compacted, Event[] Base, Event[][] History)
{
    public long FirstInHistory => Revision - History.Length + 1;
}
