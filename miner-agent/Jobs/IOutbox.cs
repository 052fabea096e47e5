using Federation.MinerAgent.Workers;

namespace Federation.MinerAgent.Jobs;

/// <summary>
/// Results that wait for their acceptance, kept on disk so that they outlive this process and its workers. One entry
/// per attempt; thread-safe.
/// </summary>
public interface IOutbox
{
    /// <summary>Entries that are there.</summary>
    IReadOnlyCollection<OutboxEntry> Entries { get; }

    /// <summary>
    /// Keeps a result; durable when it returns. Idempotent. One that cannot be written is kept in memory.
    /// </summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    void Put(OutboxEntry entry);

    /// <summary>Drops a result. Idempotent.</summary>
    void Remove(TaskKey key);

    /// <summary>True when a sector's proof has been taken by the miner, as asked for by this order and count.</summary>
    bool IsUploaded(ulong sector, uint order, uint wanted);

    /// <summary>Remembers that it has; durable when it returns.</summary>
    void SetUploaded(ulong sector, uint order, uint wanted);

    /// <summary>Forgets uploads of a sector.</summary>
    void ForgetUploads(ulong sector);
}
