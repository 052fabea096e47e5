using Federation.Discovery.Store;
using Federation.Proto.Records;

namespace Federation.Discovery.Jobs;

// The agent's side: taking a job and giving it back.
public sealed partial class JobBoard
{
    private const string LeaseEnded = "the agent's lease has ended";

    /// <summary>
    /// Claims an offer: the queue record goes, the job gets the next epoch and this agent, the claim hangs on the
    /// lease. Of all who try, one wins.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Certainly not claimed.</exception>
    /// <exception cref="ArgumentException">The offer is for another region.</exception>
    public async Task<ClaimResult> ClaimAsync(
        Versioned<QueueRecord> offer, AgentIdentity me, ILease lease, CancellationToken cancellationToken)
    {
        if (offer.Record.Region.Length > 0 && offer.Record.Region != me.Region)
        {
            throw new ArgumentException(
                $"{offer.Key} is for region {offer.Record.Region}, not {me.Region}.", nameof(offer));
        }

        if (lease.Lost.IsCancellationRequested)
        {
            return new ClaimResult.Lost(LeaseEnded);
        }

        var before = await JobBeforeAsync(offer, me.Region, cancellationToken);
        var claim = ClaimChange(offer, before, me, lease);
        var sector = offer.Record.Sector;
        var job = new GetOp(Keys.Job(me.Region, sector));
        var report = new GetOp(Keys.Report(me.Region, sector));
        var held = new GetOp(Keys.Claim(sector));
        // The report is read in either branch; on success job and claim are what was just written: they need not come
        // back.
        var txn = new StoreTxn(claim.Guards, [.. claim.Ops, report], [held, report, job]);
        if (await SettleOnLeaseAsync(txn, cancellationToken) is not { } outcome)
        {
            return new ClaimResult.Lost(LeaseEnded);
        }

        return outcome.Succeeded
            ? new ClaimResult.Won(
                AsWritten(claim.Ops.OfType<PutOp>().Single(op => op.Key == job.Key), outcome.Revision),
                Versioned.FromOrNull<ReportRecord>(outcome.Reads[0]))
            : AfterRefusedClaim(outcome, offer.Record.Epoch + 1, me, lease);
    }

    /// <summary>
    /// Takes a job back on a new lease, with its epoch, if this repository is still the one that holds it.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Certainly not adopted.</exception>
    public async Task<ClaimResult> AdoptAsync(
        Versioned<JobRecord> job, AgentIdentity me, ILease lease, CancellationToken cancellationToken)
    {
        if (lease.Lost.IsCancellationRequested)
        {
            return new ClaimResult.Lost(LeaseEnded);
        }

        if (!IsHeldBy(job.Record, me) || RegionOf(job) != me.Region)
        {
            return new ClaimResult.Lost($"the job is held by '{job.Record.Agent}', not by this repository");
        }

        // An unchanged job means that nobody claimed it since, so a claim that is there can only be our own old one.
        var claim = ClaimOf(job.Record.Sector, me, job.Record.Epoch, lease);
        var report = new GetOp(Keys.Report(me.Region, job.Record.Sector));
        var txn = new StoreTxn([job.Unchanged], [claim, report], []);
        if (await SettleOnLeaseAsync(txn, cancellationToken) is not { } outcome)
        {
            return new ClaimResult.Lost(LeaseEnded);
        }

        return outcome.Succeeded
            ? new ClaimResult.Won(job, Versioned.FromOrNull<ReportRecord>(outcome.Reads[0]))
            : new ClaimResult.Lost("the job changed meanwhile: read it again");
    }

    /// <summary>
    /// Gives a held job back. It is offered to this region only, once any phase of its present files is done; a job
    /// that starts from AP with nothing done yet goes to whoever claims it.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Certainly not released.</exception>
    public async Task<CommitResult> ReleaseAsync(
        Versioned<JobRecord> job, ILease lease, CancellationToken cancellationToken)
    {
        var region = RegionOf(job);
        var sector = job.Record.Sector;
        var reportKey = Keys.Report(region, sector);
        var listed = await Store.RangeAsync(new RangeQuery(reportKey), cancellationToken);
        var report = listed.Entries.Count == 0 ? null : Versioned.From<ReportRecord>(listed.Entries[0]);
        var free = IsFromScratch(job.Record, report?.Record);
        var change = BackIntoQueue(job, free ? "" : region)
            + new JobChange([Guard.OnLease(Keys.Claim(sector), lease.Id)], [new DeleteOp(Keys.Claim(sector))]);
        if (free)
        {
            // Whoever claims it next may be in another region: nothing of it stays in this one.
            StoreOp[] rest =
                [.. change.Ops.Where(op => op.Key != job.Key), new DeleteOp(job.Key), new DeleteOp(reportKey)];
            change = new JobChange([.. change.Guards, ReportUnchanged(reportKey, report)], rest);
        }

        var outcome = await SettleAsync(Txn(change, new GetOp(Keys.QueueOf(sector))), cancellationToken);
        var offer = outcome.Succeeded ? null : Versioned.FromOrNull<QueueRecord>(outcome.Reads[0]);
        return new CommitResult(outcome.Succeeded || offer?.Record.Epoch == job.Record.Epoch, outcome.Revision);
    }

    private static Versioned<JobRecord> AsWritten(PutOp put, long revision) =>
        new(put.Key, RecordBytes.Parse<JobRecord>(put.Key, put.Value), revision, 0, put.Value);

    /// <summary>Null when the store no longer knows the lease that the transaction writes on.</summary>
    private async Task<TxnOutcome?> SettleOnLeaseAsync(StoreTxn txn, CancellationToken cancellationToken)
    {
        try
        {
            return await SettleAsync(txn, cancellationToken);
        }
        catch (LeaseNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// A job that was held before has a record already: its members are kept and it must not change meanwhile.
    /// </summary>
    private async Task<Versioned<JobRecord>?> JobBeforeAsync(
        Versioned<QueueRecord> offer, string region, CancellationToken cancellationToken)
    {
        if (offer.Record.Epoch == 0)
        {
            return null;
        }

        var query = new RangeQuery(Keys.Job(region, offer.Record.Sector));
        var listed = await Store.RangeAsync(query, cancellationToken);
        return listed.Entries.Count == 0 ? null : Versioned.From<JobRecord>(listed.Entries[0]);
    }

    private JobChange ClaimChange(
        Versioned<QueueRecord> offer, Versioned<JobRecord>? before, AgentIdentity me, ILease lease)
    {
        var sector = offer.Record.Sector;
        var epoch = offer.Record.Epoch + 1;
        var job = JobOf(offer.Record, me, epoch);
        var jobKey = Keys.Job(me.Region, sector);
        var putJob = before?.Put(job)
            ?? new PutOp(jobKey, RecordBytes.WriteFrom<JobRecord, QueueRecord>(jobKey, job, offer.Original));
        return new JobChange(
            [offer.Unchanged, Guard.Absent(Keys.Claim(sector)), before?.Unchanged ?? Guard.Absent(jobKey)],
            [new DeleteOp(offer.Key), putJob, ClaimOf(sector, me, epoch, lease)]);
    }

    private static JobRecord JobOf(QueueRecord offer, AgentIdentity me, ulong epoch) => new()
    {
        Version = RecordVersion,
        Sector = offer.Sector,
        Spec = offer.Spec?.Clone(),
        Pieces = { offer.Pieces.Clone() },
        Agent = me.Name,
        AgentRepository = me.RepositoryId,
        Epoch = epoch,
        Order = offer.Order?.Clone(),
    };

    private PutOp ClaimOf(ulong sector, AgentIdentity me, ulong epoch, ILease lease)
    {
        var key = Keys.Claim(sector);
        var claim = new ClaimRecord { Version = RecordVersion, Agent = me.Name, Epoch = epoch, Region = me.Region };
        return new PutOp(key, RecordBytes.Write(key, claim), lease.Id);
    }

    /// <summary>
    /// Refused, but if what is there is our own claim, an earlier try of ours was applied and its reply lost.
    /// </summary>
    private static ClaimResult AfterRefusedClaim(TxnOutcome outcome, ulong epoch, AgentIdentity me, ILease lease)
    {
        var claim = Versioned.FromOrNull<ClaimRecord>(outcome.Reads[0]);
        var job = Versioned.FromOrNull<JobRecord>(outcome.Reads[2]);
        if (claim is not null && claim.LeaseId == lease.Id && claim.Record.Epoch == epoch
            && job is not null && job.Record.Epoch == epoch && IsHeldBy(job.Record, me))
        {
            return new ClaimResult.Won(job, Versioned.FromOrNull<ReportRecord>(outcome.Reads[1]));
        }

        return new ClaimResult.Lost(
            claim is null ? "the offer changed or is gone" : $"claimed by '{claim.Record.Agent}'");
    }

    private static bool IsHeldBy(JobRecord job, AgentIdentity me) =>
        job.Agent == me.Name && job.AgentRepository == me.RepositoryId;

    private static bool IsFromScratch(JobRecord job, ReportRecord? report) =>
        job.Order is { Phases: ["AP", ..] } order
        && (report is null || report.Order != order.Number
            || report.Phases.All(static phase => phase.State != PhaseState.Done));
}
