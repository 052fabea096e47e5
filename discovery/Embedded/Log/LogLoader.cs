using Federation.Journal;
using Google.Protobuf;

namespace Federation.Discovery.Embedded.Log;

/// <summary>
/// Reads the store back: the newest snapshot, then every batch of the logs after it. The last batch of the last log
/// may be torn, since it may never have been acknowledged: it is cut off. Everything before it was made durable, so a
/// fault there is damage, and nothing is guessed.
/// </summary>
internal sealed class LogLoader(ILogFiles files, StoreState state)
{
    private const string Remedy =
        "restore the store's folder from a backup, or move it away to begin with an empty store.";

    /// <summary>The number of the last batch read.</summary>
    public ulong LastBatch { get; private set; }

    /// <summary>The last batch of the snapshot that was read, and its size; zeros without one.</summary>
    public (ulong LastBatch, long Bytes) Snapshot { get; private set; }

    /// <summary>The log to append to, its length, and whether its end had to be cut off.</summary>
    public (string Name, long Length, long CutBytes)? Tail { get; private set; }

    /// <exception cref="StoreFolderException">A file is damaged or missing; nothing on disk was changed.</exception>
    public void Load()
    {
        var names = files.Names();
        var snapshot = names
            .Select(static name => (Found: LogNames.TryParseSnapshot(name, out var last), Last: last))
            .Where(static name => name.Found)
            .Select(static name => (ulong?)name.Last)
            .Max();
        if (snapshot is { } newest)
        {
            LoadSnapshot(LogNames.Snapshot(newest));
            LastBatch = newest;
            Snapshot = (newest, Snapshot.Bytes);
        }

        ulong[] logs = [.. names
            .Select(static name => (Found: LogNames.TryParseLog(name, out var first), First: first))
            .Where(static name => name.Found)
            .Select(static name => name.First)
            .Order()];
        // A snapshot is made where one log ends and the next begins; logs before that are only not deleted yet.
        ulong[] needed = [.. logs.Where(first => first > LastBatch)];
        if (needed.Length == 0 && (snapshot is not null || logs.Length > 0))
        {
            throw Missing(LastBatch + 1);
        }

        for (var i = 0; i < needed.Length; i++)
        {
            LoadLog(LogNames.Log(needed[i]), needed[i], isLast: i == needed.Length - 1);
        }
    }

    private void LoadSnapshot(string name)
    {
        var bytes = files.Read(name).AsSpan();
        var isWhole = false;
        for (var offset = 0; offset < bytes.Length;)
        {
            if (isWhole || !Frame.TryRead(bytes[offset..], out var frame))
            {
                throw Damaged(name, offset, "its checksum does not fit");
            }

            var part = Parsed(name, offset, SnapshotPart.Parser, frame.Payload);
            Replay(name, offset, () => state.Replay(part));
            isWhole = part.Last;
            offset += frame.TotalBytes;
        }

        Snapshot = (0, bytes.Length);
        if (!isWhole)
        {
            throw Damaged(name, bytes.Length, "its end is missing");
        }
    }

    private void LoadLog(string name, ulong first, bool isLast)
    {
        if (first != LastBatch + 1)
        {
            throw Missing(LastBatch + 1);
        }

        var bytes = files.Read(name).AsSpan();
        var offset = 0;
        while (offset < bytes.Length && Frame.TryRead(bytes[offset..], out var frame))
        {
            if (frame.Sequence != LastBatch + 1)
            {
                throw Damaged(name, offset, $"batch {frame.Sequence} is where {LastBatch + 1} belongs");
            }

            var batch = Parsed(name, offset, LogBatch.Parser, frame.Payload);
            Replay(name, offset, () => ReplayBatch(batch));
            LastBatch++;
            offset += frame.TotalBytes;
        }

        if (offset < bytes.Length && (!isLast || Frame.AnyAfter(LastBatch + 1, bytes[(offset + 1)..])))
        {
            throw Damaged(name, offset, "its checksum does not fit and sound records follow it");
        }

        if (isLast)
        {
            Tail = (name, offset, bytes.Length - offset);
        }
    }

    private void ReplayBatch(LogBatch batch)
    {
        foreach (var record in batch.Records)
        {
            state.Replay(record);
        }
    }

    private static T Parsed<T>(string name, long offset, MessageParser<T> parser, ReadOnlySpan<byte> payload)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(payload);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw Damaged(name, offset, e.Message);
        }
    }

    private static void Replay(string name, long offset, Action apply)
    {
        try
        {
            apply();
        }
        catch (InvalidDataException e)
        {
            throw Damaged(name, offset, e.Message);
        }
    }

    private static StoreFolderException Missing(ulong batch) =>
        new($"The embedded store's file {LogNames.Log(batch)}, or a snapshot that covers it, is missing: {Remedy}");

    private static StoreFolderException Damaged(string name, long offset, string what) =>
        new($"The embedded store's file {name} is damaged at byte {offset} ({what}): {Remedy}");
}
