using Google.Protobuf;

namespace Federation.Discovery.Mirror;

/// <summary>What a <see cref="RecordMirror{T}"/> tells.</summary>
/// <typeparam name="T">The records' message.</typeparam>
public abstract record MirrorEvent<T>
    where T : class, IMessage<T>, new()
{
    private MirrorEvent()
    {
    }

    /// <summary>All there is at a revision: what the consumer knows and is not in it has been deleted.</summary>
    /// <param name="Entries">Readable records by key; unreadable ones follow as <see cref="Invalid"/>.</param>
    /// <param name="Revision">The revision that it belongs to.</param>
    public sealed record Snapshot(IReadOnlyDictionary<string, Versioned<T>> Entries, long Revision) : MirrorEvent<T>;

    /// <summary>A record was written.</summary>
    public sealed record Changed(string Key, Versioned<T> Entry) : MirrorEvent<T>;

    /// <summary>A record was deleted, or its lease ended.</summary>
    /// <param name="Key">The key.</param>
    /// <param name="Revision">The revision of the deletion.</param>
    public sealed record Deleted(string Key, long Revision) : MirrorEvent<T>;

    /// <summary>A record is there but cannot be read; the consumer keeps what it knew of it and says so.</summary>
    public sealed record Invalid(string Key, string Reason) : MirrorEvent<T>;
}
