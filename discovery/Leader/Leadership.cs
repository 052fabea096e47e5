using Federation.Discovery.Jobs;
using Federation.Discovery.Store;
using Federation.Proto.Records;

namespace Federation.Discovery.Leader;

/// <summary>
/// The role of the acting miner, on a lease. One repository holds it; its term grows by one with each acquisition,
/// also across leases, and fences what the miner does on chain. Immutable.
/// </summary>
public sealed class Leadership
{
    private const uint RecordVersion = 1;

    private Leadership(Versioned<LeaderRecord> record, CancellationToken lost)
    {
        Record = record;
        Lost = lost;
    }

    /// <summary>The leader's record as written.</summary>
    public Versioned<LeaderRecord> Record { get; }

    /// <summary>This acquisition's number.</summary>
    public ulong Term => Record.Record.Term;

    /// <summary>Cancelled once the lease may be lost: the miner then writes nothing more.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Added to a change, it holds only while this is the acting miner.</summary>
    public JobChange Fence => JobChange.Only(Record.Unchanged);

    /// <summary>Takes the role, if nobody has it or this repository has it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="keys">The miner's keys.</param>
    /// <param name="candidate">
    /// Who we are; version and term are set here. The incarnation must be new at every start.
    /// </param>
    /// <param name="lease">The lease that the role hangs on.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The role, or the reason of the refusal.</returns>
    /// <exception cref="StoreUnavailableException">Certainly not taken, or it shows at the next attempt.</exception>
    public static async Task<LeadershipResult> AcquireAsync(
        IStore store, FederationKeys keys, LeaderRecord candidate, ILease lease, CancellationToken cancellationToken)
    {
        var key = new RepositoryKey<LeaderRecord>(store, static leader => leader.RepositoryId, null);
        Versioned<LeaderRecord>? last = null;
        var taken = await key.TakeAsync(
            keys.Leader, Next, ReadLastAsync, candidate.RepositoryId, lease, cancellationToken);
        return taken.Mine is { } mine
            ? new LeadershipResult(new Leadership(mine, lease.Lost), "")
            : new LeadershipResult(null, Refusal(candidate, taken.Other!.Record));

        async Task ReadLastAsync()
        {
            var listed = await store.RangeAsync(new RangeQuery(keys.LeaderTerm), cancellationToken);
            last = listed.Entries.Count == 0 ? null : Versioned.From<LeaderRecord>(listed.Entries[0]);
        }

        (LeaderRecord, IReadOnlyList<(Guard, StoreOp)>) Next(Versioned<LeaderRecord>? present)
        {
            var record = candidate.Clone();
            record.Version = RecordVersion;
            if (present?.LeaseId == lease.Id && present.Record.Incarnation == candidate.Incarnation)
            {
                record.Term = present.Record.Term;
                return (record, []);
            }

            record.Term = Math.Max(last?.Record.Term ?? 0, present?.Record.Term ?? 0) + 1;
            var term = new LeaderRecord { Version = RecordVersion, Term = record.Term, Miner = record.Miner };
            var put = last?.Put(term) ?? new PutOp(keys.LeaderTerm, RecordBytes.Write(keys.LeaderTerm, term));
            return (record, [(last?.Unchanged ?? Guard.Absent(keys.LeaderTerm), put)]);
        }
    }

    private static string Refusal(LeaderRecord candidate, LeaderRecord holder) =>
        $"Miner {candidate.Miner} is already run from another repository ({holder.RepositoryId}, at "
        + $"{holder.ServeAddress}): stop it, or wait until its lease has ended.";
}
