using Federation.Discovery.Store;
using Federation.Proto.Records;

namespace Federation.Discovery.Jobs;

/// <summary>
/// The job board of one miner on the store. The miner registers, orders, offers again and finishes jobs; agents claim
/// them, report their phases and release them. Each method is one guarded transaction (and its read-back when the
/// outcome is unknown): it either happened as a whole, once, or the returned value says why not. Thread-safe.
/// </summary>
/// <remarks>
/// Invariants, held by the transactions alone:
/// a sector is either on offer in the queue or held by an agent, never both; a job's epoch grows by one with each
/// claim, re-adoption by the same repository aside; a report of an old epoch, an old order or a claim without its
/// lease is refused; a phase that is DONE under an order stays DONE under that order.
/// A job that was held and is on offer again keeps its job record, with no agent in it, and its reports.
/// </remarks>
/// <param name="store">The store.</param>
/// <param name="keys">The keys that the board lives under.</param>
/// <param name="time">Clock of the back-off; null = the system's.</param>
/// <param name="random">Source of the back-off's jitter; null = the shared one.</param>
public sealed partial class JobBoard(
    IStore store, FederationKeys keys, TimeProvider? time = null, Random? random = null)
{
    private const uint RecordVersion = 1;
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>The keys that the board lives under.</summary>
    public FederationKeys Keys { get; } = keys;

    /// <summary>The store that the board lives on.</summary>
    public IStore Store { get; } = store;

    /// <summary>The region whose job this is.</summary>
    /// <exception cref="ArgumentException">The record was not read from a job's key of this miner.</exception>
    public string RegionOf(Versioned<JobRecord> job) =>
        Keys.TryParseJob(job.Key, out var region, out var sector) && sector == job.Record.Sector
            ? region
            : throw new ArgumentException($"{job.Key} is not the job of sector {job.Record.Sector}.", nameof(job));

    private static StoreTxn Txn(JobChange change, params StoreOp[] reads) => new(change.Guards, change.Ops, reads);

    /// <summary>
    /// Applies a transaction that excludes itself: once it is applied, its own guards no longer hold. So when a reply
    /// is lost, the same transaction sent again is the read-back: it cannot be applied twice, and if it is refused its
    /// Else branch shows what is there, from which the caller sees whether the first one was applied.
    /// </summary>
    /// <remarks>
    /// Once an outcome is unknown, a store that is not reached says nothing of the first try any more, so it is waited
    /// for: only before that does <see cref="StoreUnavailableException"/> mean that nothing was written.
    /// </remarks>
    private async Task<TxnOutcome> SettleAsync(
        StoreTxn txn, CancellationToken cancellationToken, bool isUnknown = false)
    {
        for (var backoff = new Backoff(_time, random); ;)
        {
            try
            {
                if (isUnknown)
                {
                    await backoff.WaitAsync(cancellationToken);
                }

                return await Store.TxnAsync(txn, cancellationToken);
            }
            catch (OutcomeUnknownException)
            {
                isUnknown = true;
            }
            catch (StoreUnavailableException) when (isUnknown)
            {
                continue;
            }
        }
    }
}
