using Federation.Discovery.Embedded.Mvcc;
using Federation.Journal;
using Federation.Proto.Etcd;
using Google.Protobuf;

namespace Federation.Discovery.Embedded.Log;

/// <summary>
/// Writes a snapshot beside the running log and then drops what it replaces. It gets its name only once it is whole
/// and durable, so a crash at any point leaves either the old files or the new one.
/// </summary>
internal sealed class SnapshotWriter(ILogFiles files)
{
    private const int PartBytes = 4 * 1024 * 1024;

    /// <summary>Writes everything up to a batch.</summary>
    /// <returns>The snapshot's size in bytes.</returns>
    public long Write(ulong lastBatch, Identity identity, MvccImage image, IEnumerable<LeaseGrant> leases)
    {
        var unfinished = LogNames.UnfinishedSnapshot(lastBatch);
        var size = 0L;
        using (var file = files.OpenAppend(unfinished, 0))
        {
            ulong number = 0;
            foreach (var part in Parts(identity, image, leases))
            {
                var bytes = Frame.Encode(++number, part.ToByteArray());
                file.Append(bytes);
                size += bytes.Length;
            }

            file.Sync();
        }

        files.Rename(unfinished, LogNames.Snapshot(lastBatch));
        DeleteReplaced(lastBatch);
        return size;
    }

    /// <summary>Deletes what a snapshot has made superfluous, and snapshots that were never finished.</summary>
    public void DeleteReplaced(ulong lastBatch)
    {
        foreach (var name in files.Names())
        {
            if (LogNames.IsUnfinished(name)
                || (LogNames.TryParseSnapshot(name, out var snapshot) && snapshot < lastBatch)
                || (LogNames.TryParseLog(name, out var first) && first <= lastBatch))
            {
                files.Delete(name);
            }
        }
    }

    private static IEnumerable<SnapshotPart> Parts(Identity identity, MvccImage image, IEnumerable<LeaseGrant> leases)
    {
        yield return new SnapshotPart
        {
            Header = new SnapshotHeader
            {
                Identity = identity,
                Revision = image.Revision,
                Compacted = image.Compacted,
                FirstInHistory = image.FirstInHistory,
            },
            Leases = { leases },
        };
        foreach (var older in InParts(image.Base.Select(static version => (Event[])[version])))
        {
            yield return new SnapshotPart { Base = { older } };
        }

        foreach (var revisions in InParts(image.History))
        {
            yield return new SnapshotPart { History = { revisions } };
        }

        yield return new SnapshotPart { Last = true };
    }

    /// <summary>
    /// Parts of about <see cref="PartBytes"/>, so that no frame grows past what can be read back. What belongs together
    /// stays together.
    /// </summary>
    private static IEnumerable<List<Event>> InParts(IEnumerable<Event[]> wholes)
    {
        var (part, bytes) = (new List<Event>(), 0L);
        foreach (var whole in wholes)
        {
            var more = whole.Sum(static change => (long)change.CalculateSize());
            if (bytes > 0 && bytes + more > PartBytes)
            {
                yield return part;
                (part, bytes) = ([], 0);
            }

            part.AddRange(whole);
            bytes += more;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }
}
