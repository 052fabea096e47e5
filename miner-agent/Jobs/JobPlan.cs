using Federation.MinerAgent.Scheduling;
using Federation.Proto.Records;

namespace Federation.MinerAgent.Jobs;

/// <summary>Decides, from the records alone, what a held job needs next. Pure.</summary>
public static class JobPlan
{
    /// <summary>
    /// The first phase of the order that is not DONE, unless it FAILED, or the job is cancelled or has no order: then
    /// the miner speaks next. A phase that is DONE under this order is never returned, whoever reported it.
    /// </summary>
    public static JobStep Next(JobRecord job, ReportRecord? report)
    {
        if (job.Cancel || job.Order is null)
        {
            return new JobStep.Wait();
        }

        foreach (var phase in job.Order.Phases)
        {
            var known = Find(job, report, phase);
            if (known?.State == PhaseState.Done)
            {
                continue;
            }

            return known?.State == PhaseState.Failed ? new JobStep.Wait() : new JobStep.Run(phase, known);
        }

        return new JobStep.Wait();
    }

    /// <summary>The phase of an order whose output is the proof that the miner wants; null where none is.</summary>
    public static string? ProofPhase(Order order) =>
        order.Phases.Contains(TaskCode.Commit2) ? TaskCode.Commit2
        : order.Phases.Contains(TaskCode.Commit1) ? TaskCode.Commit1
        : null;

    /// <summary>What the report says of a phase under the job's present order.</summary>
    public static PhaseReport? Find(JobRecord job, ReportRecord? report, string phase) =>
        report is not null && job.Order is not null && report.Order == job.Order.Number
            ? report.Phases.FirstOrDefault(known => known.Phase == phase)
            : null;

    /// <summary>
    /// The report with one phase replaced or added. What was said of an earlier order is dropped, DONE phases of this
    /// one stay.
    /// </summary>
    public static ReportRecord With(JobRecord job, ReportRecord? report, PhaseReport phase)
    {
        var same = report is not null && report.Order == job.Order.Number;
        var next = same ? report!.Clone() : new ReportRecord();
        var index = next.Phases.ToList().FindIndex(known => known.Phase == phase.Phase);
        if (index >= 0)
        {
            next.Phases[index] = phase;
        }
        else
        {
            next.Phases.Add(phase);
        }

        next.Sector = job.Sector;
        next.Epoch = job.Epoch;
        next.Order = job.Order.Number;
        return next;
    }
}
