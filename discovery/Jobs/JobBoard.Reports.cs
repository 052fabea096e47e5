using Federation.Discovery.Store;
using Federation.Proto.Records;

namespace Federation.Discovery.Jobs;

// The agent's side: what a phase came to.
public sealed partial class JobBoard
{
    /// <summary>
    /// Writes a job's report, which is how a phase's result is accepted: once, under the present order, by the holder
    /// of the claim. Holds only while job and report are unchanged and the claim hangs on this lease.
    /// </summary>
    /// <param name="job">The job as the caller knows it.</param>
    /// <param name="seen">The report that <paramref name="next"/> replaces; null when there is none.</param>
    /// <param name="next">The report; epoch and order number are set from the job.</param>
    /// <param name="lease">The lease that the claim hangs on.</param>
    /// <param name="cancellationToken">Ends the wait, not the write.</param>
    /// <exception cref="StoreUnavailableException">Certainly not written.</exception>
    /// <exception cref="ArgumentException">A phase that is DONE under this order would be lost or undone.</exception>
    public async Task<ReportResult> ReportAsync(
        Versioned<JobRecord> job,
        Versioned<ReportRecord>? seen,
        ReportRecord next,
        ILease lease,
        CancellationToken cancellationToken)
    {
        var report = Complete(job.Record, next);
        RequireDoneStays(seen?.Record, report);
        if (lease.Lost.IsCancellationRequested)
        {
            return new ReportResult.LeaseLost();
        }

        using var both = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, cancellationToken);
        try
        {
            return await WriteReportAsync(job, seen, report, lease, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ReportResult.LeaseLost();
        }
    }

    private async Task<ReportResult> WriteReportAsync(
        Versioned<JobRecord> job,
        Versioned<ReportRecord>? seen,
        ReportRecord report,
        ILease lease,
        CancellationToken cancellationToken)
    {
        var key = Keys.Report(RegionOf(job), job.Record.Sector);
        var claim = Keys.Claim(job.Record.Sector);
        var bytes = RecordBytes.Write(key, report, seen?.Original ?? default);
        var change = new JobChange(
            [job.Unchanged, Guard.OnLease(claim, lease.Id), ReportUnchanged(key, seen)], [new PutOp(key, bytes)]);
        var outcome = await SettleAsync(Txn(change), cancellationToken);
        if (outcome.Succeeded)
        {
            return new ReportResult.Accepted(new Versioned<ReportRecord>(key, report, outcome.Revision, 0, bytes));
        }

        // What refused it is read apart, as of one revision: asked for in the transaction itself, the three keys would
        // cross the WAN with every report for the sake of the rare refusal.
        var causes = new StoreTxn([], [new GetOp(job.Key), new GetOp(claim), new GetOp(key)], []);
        return AfterRefusedReport(await SettleAsync(causes, cancellationToken), bytes);
    }

    /// <summary>Refused, but if our bytes are there, an earlier try of ours was applied and its reply lost.</summary>
    private static ReportResult AfterRefusedReport(TxnOutcome outcome, ReadOnlyMemory<byte> ours)
    {
        var report = Versioned.FromOrNull<ReportRecord>(outcome.Reads[2]);
        return report is not null && report.Original.Span.SequenceEqual(ours.Span)
            ? new ReportResult.Accepted(report)
            : new ReportResult.Stale(
                Versioned.FromOrNull<JobRecord>(outcome.Reads[0]),
                Versioned.FromOrNull<ClaimRecord>(outcome.Reads[1]),
                report);
    }

    private static Guard ReportUnchanged(string key, Versioned<ReportRecord>? seen) =>
        seen?.Unchanged ?? Guard.Absent(key);

    private static ReportRecord Complete(JobRecord job, ReportRecord next)
    {
        var report = next.Clone();
        report.Version = RecordVersion;
        report.Sector = job.Sector;
        report.Epoch = job.Epoch;
        report.Order = job.Order?.Number ?? 0;
        return report;
    }

    private static void RequireDoneStays(ReportRecord? seen, ReportRecord next)
    {
        if (seen is null || seen.Order != next.Order)
        {
            return;
        }

        var undone = seen.Phases.FirstOrDefault(
            phase => phase.State == PhaseState.Done && !next.Phases.Any(phase.Equals));
        if (undone is not null)
        {
            throw new ArgumentException(
                $"Sector {next.Sector}'s {undone.Phase} is DONE under order {next.Order} and stays as it is.",
                nameof(next));
        }
    }
}
