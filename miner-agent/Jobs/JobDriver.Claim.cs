using Federation.Discovery;
using Federation.Discovery.Jobs;
using Federation.Discovery.Store;
using Federation.Proto.Records;

namespace Federation.MinerAgent.Jobs;

/// <summary>Holding the claim, and writing under it.</summary>
public sealed partial class JobDriver
{
    /// <summary>
    /// Waits until the claim hangs on the present lease, adopting the job where it does not; false when the job is not
    /// ours any more. While there is no lease this waits: what runs goes on, nothing is published.
    /// </summary>
    private async Task<bool> IsOursAsync(CancellationToken stop)
    {
        for (var delay = _context.NewDelay(); IsHeld(); await delay.WaitAsync(stop))
        {
            var lease = await _context.Leases.HeldAsync(stop);
            if (ReferenceEquals(lease, _lease) || await TryAdoptAsync(lease, stop))
            {
                return IsHeld();
            }
        }

        return false;
    }

    private async Task<bool> TryAdoptAsync(ILease lease, CancellationToken stop)
    {
        try
        {
            switch (await _context.Board.AdoptAsync(Job, _context.Me, lease, stop))
            {
                case ClaimResult.Won won:
                    (_lease, _report) = (lease, won.Report);
                    Log.Adopted(_context.Logger, Sector, _epoch);
                    return true;
                case ClaimResult.Lost lost:
                    Log.NotAdopted(_context.Logger, Sector, lost.Reason);
                    await RefreshAsync(stop);
                    break;
            }
        }
        catch (IOException error) when (error is StoreUnavailableException or OutcomeUnknownException)
        {
            Log.StoreDown(_context.Logger, Sector, "adopting", error);
        }

        return false;
    }

    private async Task RefreshAsync(CancellationToken stop)
    {
        var read = await _context.Board.Store.RangeAsync(new RangeQuery(Job.Key), stop);
        if (read.Entries.Count == 0)
        {
            Gone(read.Revision);
        }
        else
        {
            Update(Versioned.From<JobRecord>(read.Entries[0]));
        }
    }

    /// <summary>
    /// Writes one phase into the report, however long the store is away. True when exactly this is what the report
    /// says now; false when the job, the order or the phase has gone another way.
    /// </summary>
    private async Task<bool> ReportAsync(uint order, PhaseReport phase, CancellationToken stop)
    {
        for (var delay = _context.NewDelay(); await IsWantedAsync(order, stop);)
        {
            var job = Job;
            if (JobPlan.Find(job.Record, _report?.Record, phase.Phase) is { State: PhaseState.Done } done)
            {
                return phase.State == PhaseState.Done && done.Attempt == phase.Attempt;
            }

            switch (await TryReportAsync(job, phase, stop))
            {
                case ReportResult.Accepted accepted:
                    _report = accepted.Report;
                    return true;
                case ReportResult.Stale stale:
                    TakeIn(stale);
                    await delay.WaitAsync(stop);
                    break;
                default:
                    await delay.WaitAsync(stop);
                    break;
            }
        }

        return false;
    }

    private async Task<ReportResult?> TryReportAsync(
        Versioned<JobRecord> job, PhaseReport phase, CancellationToken stop)
    {
        try
        {
            var next = JobPlan.With(job.Record, _report?.Record, phase);
            return await _context.Board.ReportAsync(job, _report, next, _lease!, stop);
        }
        catch (IOException error) when (error is StoreUnavailableException or OutcomeUnknownException)
        {
            Log.StoreDown(_context.Logger, Sector, "reporting", error);
            return null;
        }
    }

    private void TakeIn(ReportResult.Stale stale)
    {
        _report = stale.Report;
        if (stale.Job is { } job)
        {
            Update(job);
        }
        else
        {
            Gone(long.MaxValue);
        }

        // The claim ended with an older lease of ours, or is another's: adopting tells which.
        if (stale.Claim is null || stale.Claim.LeaseId != _lease?.Id)
        {
            _lease = null;
        }
    }
}
