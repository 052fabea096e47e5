using Federation.Discovery.Store;

namespace Federation.Discovery.Jobs;

/// <summary>
/// The job board of one miner on the store. The miner registers, orders, offers again and finishes jobs; agents claim
/// them, report their phases and release them. Each method is one guarded transaction (and its read-back when the
/// outcome is unknown): it either happened as a whole, once, or the returned value says why not. Thread-safe.
/// </summary>
/// <remarks>
/// Invariants, held by the transactions alone:
/// a sector is either in the queue or a job, never both; a job's epoch grows by one with each claim, re-adoption by
/// the same repository aside; a report of an old epoch, an old order or a claim without its lease is refused; a phase
/// that is DONE under an order stays DONE under that order.
/// </remarks>
public sealed class JobBoard(IStore store, FederationKeys keys)
{
    /// <summary>The keys that the board lives under.</summary>
    public FederationKeys Keys { get; } = keys;

    /// <summary>The store that the board lives on.</summary>
    public IStore Store { get; } = store;
}
