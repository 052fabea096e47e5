using Federation.MinerAgent.Scheduling;
using Federation.MinerAgent.Workers;
using Federation.Proto.Gates;
using Federation.Proto.Records;
using Federation.Storage;
using Federation.Storage.Attempts;

namespace Federation.MinerAgent.Jobs;

/// <summary>Running one attempt of a phase.</summary>
public sealed partial class JobDriver
{
    /// <summary>Attempts begun or settled in this life: none of them is expected back from a worker.</summary>
    private readonly HashSet<TaskKey> _known = [];

    private PhaseTries _tries = new(0, "", 0);
    private ulong _lastAttempt;

    /// <summary>
    /// One attempt, to its end: a result that waits in the outbox, a run that a worker still has from before this
    /// agent's restart, or a new one.
    /// </summary>
    private async Task RunOnceAsync(JobStep.Run step, CancellationToken stop)
    {
        var order = Job.Record.Order.Number;
        if (!_tries.IsFor(order, step.Phase))
        {
            _tries = new PhaseTries(order, step.Phase, step.Running?.Failures ?? 0);
        }

        try
        {
            if (WaitingResult(order, step.Phase) is { } entry)
            {
                Expect(entry.Key);
                await AcceptAsync(entry, null, stop);
            }
            else if (Resume(order, step) is { } resumed)
            {
                await SeeThroughAsync(resumed, stop);
            }
            else if (await StartAsync(order, step.Phase, stop) is { } started)
            {
                await SeeThroughAsync(started, stop);
            }
        }
        finally
        {
            Current = null;
        }
    }

    private OutboxEntry? WaitingResult(uint order, string phase) => _context.Outbox.Entries.FirstOrDefault(
        entry => entry.Key.Sector == Sector && entry.Key.Epoch == _epoch && entry.Key.Order == order
            && entry.Key.Phase == phase);

    /// <summary>What is reported as running and was not started in this life of the agent is expected back.</summary>
    private PhaseRun? Resume(uint order, JobStep.Run step)
    {
        if (step.Running is not { State: PhaseState.Running } running || _report!.Record.Epoch != _epoch)
        {
            return null;
        }

        var key = new TaskKey(Sector, _epoch, order, step.Phase, running.Attempt);
        if (_known.Contains(key))
        {
            return null;
        }

        Log.Expecting(_context.Logger, Sector, step.Phase, running.Attempt, running.Worker);
        Expect(key);
        return _context.Pool.Expect(key, running.Worker, Request(step.Phase));
    }

    private async Task<PhaseRun?> StartAsync(uint order, string phase, CancellationToken stop)
    {
        Settle();
        if (await ReserveAsync(order, phase, stop) is not { } slot)
        {
            return null;
        }

        PhaseRun? run = null;
        try
        {
            if (await PrepareAsync(order, phase, slot.Worker, stop) is { } place)
            {
                var assign = AssignmentOf(order, phase, place, slot.Lanes);
                Expect(TaskKey.Of(assign));
                run = _context.Pool.Start(slot, assign);
                Log.Assigned(_context.Logger, phase, Sector, assign.Attempt, slot.Worker);
            }

            return run;
        }
        finally
        {
            if (run is null)
            {
                slot.Dispose();
            }
        }
    }

    /// <summary>
    /// Makes the attempt's folder and reports that it runs, both at the same time: each costs several disk flushes,
    /// here and at the store. The folder's number is known beforehand but for what a crash left; then it is reported
    /// again.
    /// </summary>
    private async Task<AttemptPlace?> PrepareAsync(uint order, string phase, string worker, CancellationToken stop)
    {
        var expected = new AttemptId(_epoch, LastAttempt() + 1);
        var size = Job.Record.Spec?.SectorSize ?? 0;
        var creating = _context.Files.CreateAttemptAsync(
            _sectorId, size, phase, _epoch, order, expected.Number - 1, stop);
        var isReported = false;
        _known.Add(new TaskKey(Sector, _epoch, order, phase, expected.ToString()));
        try
        {
            isReported = await ReportAsync(order, RunningReport(phase, expected, worker), stop);
        }
        finally
        {
            await ((Task)creating).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        if (!isReported || await PlaceOfAsync(phase, creating, stop) is not { } place)
        {
            return null;
        }

        _lastAttempt = place.Attempt.Number;
        _known.Add(new TaskKey(Sector, _epoch, order, phase, place.Attempt.ToString()));
        return place.Attempt == expected || await ReportAsync(order, RunningReport(phase, place.Attempt, worker), stop)
            ? place : null;
    }

    private async Task<AttemptPlace?> PlaceOfAsync(string phase, Task<AttemptPlace> creating, CancellationToken stop)
    {
        try
        {
            return await creating;
        }
        catch (StorageException error)
        {
            await FailedAsync(phase, null, FailureKind.Temporary, error.Message, stop);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var sentence = $"{error.Message}: see that the region's storage has room and can be written";
            await FailedAsync(phase, null, FailureKind.Temporary, sentence, stop);
            return null;
        }
    }

    /// <summary>Waits for a worker, as long as the phase is wanted.</summary>
    private async Task<SlotLease?> ReserveAsync(uint order, string phase, CancellationToken stop)
    {
        using var unwanted = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var reserved = _context.Scheduler.ReserveAsync(Request(phase), unwanted.Token);
        SlotLease? slot = null;
        try
        {
            while (!reserved.IsCompleted)
            {
                var changed = _changed.Next;
                if (!await IsWantedAsync(order, stop))
                {
                    return null;
                }

                await Task.WhenAny(reserved, changed.InContext()).WaitAsync(stop);
            }

            return slot = await reserved;
        }
        finally
        {
            if (slot is null)
            {
                unwanted.Cancel();
                await AbandonAsync(reserved);
            }
        }
    }

    /// <summary>However the wait ended, no slot stays taken for nobody.</summary>
    private static async Task AbandonAsync(Task<SlotLease> reserved)
    {
        try
        {
            (await reserved).Dispose();
        }
        catch (OperationCanceledException)
        {
            // It was still waiting.
        }
    }

    /// <summary>
    /// Numbers grow over the whole epoch, also when folders have been removed: a straggler's attempt never shares its
    /// name with a later one.
    /// </summary>
    private ulong LastAttempt()
    {
        var reported = (_report?.Record.Phases ?? [])
            .Select(phase => AttemptId.TryParse(phase.Attempt, out var id) && id.Epoch == _epoch ? id.Number : 0)
            .DefaultIfEmpty(0UL).Max();
        return Math.Max(_lastAttempt, reported);
    }

    private async Task SeeThroughAsync(PhaseRun run, CancellationToken stop)
    {
        var end = await AwaitEndAsync(run, stop);
        _known.Add(run.Key);
        switch (end)
        {
            case null:
                _context.Pool.Cancel(run, "it is not wanted any more");
                await DiscardAsync(run.Key.Phase, stop);
                break;
            case PhaseFinished { Result.Ok: true } finished when await ProblemOfAsync(
                run.Key, finished.Result, stop) is { } problem:
                await FailedAsync(run.Key.Phase, run, FailureKind.Temporary, problem, stop);
                break;
            case PhaseFinished { Result.Ok: true } finished:
                await AcceptAsync(new OutboxEntry(
                    run.Key, run.Worker, _context.Pool.HostOf(run.Worker), finished.Result), run, stop);
                break;
            case PhaseFinished finished:
                await FailedAsync(run.Key.Phase, run, finished.Result.Failure, finished.Result.Error, stop);
                break;
            case PhaseLost lost:
                await FailedAsync(run.Key.Phase, run, FailureKind.Temporary,
                    $"{run.Key.Phase} was lost: {lost.Reason}", stop);
                break;
        }
    }

    /// <summary>Null when the phase is not wanted any more.</summary>
    private async Task<PhaseEnd?> AwaitEndAsync(PhaseRun run, CancellationToken stop)
    {
        var ended = run.Ended.InContext();
        while (!run.Ended.IsCompleted)
        {
            var changed = _changed.Next;
            if (!await IsWantedAsync(run.Key.Order, stop))
            {
                return null;
            }

            await Task.WhenAny(ended, changed.InContext()).WaitAsync(stop);
        }

        return await run.Ended;
    }

    private PhaseRequest Request(string phase) => new(
        Sector, phase, PhaseMemory.Need(phase, Job.Record.Spec?.SectorSize ?? 0), Avoid: _tries.Avoid,
        Kind: phase == TaskCode.PreCommit1 ? LaneKind.Of(Job.Record.Spec) : null);

    private PhaseReport RunningReport(string phase, AttemptId attempt, string worker) => new()
    {
        Phase = phase,
        State = PhaseState.Running,
        Attempt = attempt.ToString(),
        Worker = worker,
        Hostname = _context.Pool.HostOf(worker),
        StartedUnixMs = _context.Time.GetUtcNow().ToUnixTimeMilliseconds(),
        Failures = _tries.Failures,
    };

    private Assign AssignmentOf(uint order, string phase, AttemptPlace place, LaneGroup? lanes)
    {
        var job = Job.Record;
        return new Assign
        {
            TaskId = Guid.NewGuid().ToString(),
            Phase = phase,
            Sector = Sector,
            Epoch = _epoch,
            Order = order,
            Attempt = place.Attempt.ToString(),
            StorageId = place.StorageId,
            Spec = job.Spec,
            Pieces = { job.Pieces },
            Ticket = job.Order.Ticket,
            Seed = job.Order.Seed,
            CommD = job.Order.CommD,
            CommR = job.Order.CommR,
            Lanes = lanes is null ? null : new LaneShare { Group = lanes.Id.ToString(), Count = lanes.Count },
        };
    }
}
