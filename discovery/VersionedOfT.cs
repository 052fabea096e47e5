using Federation.Discovery.Store;
using Google.Protobuf;

namespace Federation.Discovery;

/// <summary>A record as it was read, with what a guarded rewrite needs.</summary>
/// <typeparam name="T">The record's message.</typeparam>
/// <param name="Key">Its key.</param>
/// <param name="Record">The record. Shared by all readers: clone before changing.</param>
/// <param name="ModRevision">Revision of its last change.</param>
/// <param name="LeaseId">Lease that it hangs on; 0 for none.</param>
/// <param name="Original">
/// The bytes that it was read from: a rewrite keeps their members that this program does not know.
/// </param>
public sealed record Versioned<T>(string Key, T Record, long ModRevision, long LeaseId, ReadOnlyMemory<byte> Original)
    where T : class, IMessage<T>, new()
{
    /// <summary>Holds while nobody has changed or deleted the record since.</summary>
    public Guard Unchanged => Guard.Unchanged(Key, ModRevision);

    /// <summary>The write that replaces the record, unknown members kept.</summary>
    public PutOp Put(T next, long leaseId = 0) => new(Key, RecordBytes.Write(Key, next, Original), leaseId);
}
