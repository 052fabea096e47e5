using Federation.Discovery.Store;
using Google.Protobuf;

namespace Federation.Discovery;

/// <summary>Reads entries of the store as records.</summary>
public static class Versioned
{
    /// <summary>Reads an entry.</summary>
    /// <exception cref="InvalidRecordException">The value is not such a record.</exception>
    public static Versioned<T> From<T>(StoreEntry entry)
        where T : class, IMessage<T>, new() =>
        new(entry.Key, RecordBytes.Parse<T>(entry.Key, entry.Value), entry.ModRevision, entry.LeaseId, entry.Value);

    /// <summary>Reads an entry that may be absent.</summary>
    /// <exception cref="InvalidRecordException">The value is not such a record.</exception>
    public static Versioned<T>? FromOrNull<T>(StoreEntry? entry)
        where T : class, IMessage<T>, new() => entry is null ? null : From<T>(entry);
}
