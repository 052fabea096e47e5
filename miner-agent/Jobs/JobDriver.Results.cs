using Federation.MinerAgent.Scheduling;
using Federation.MinerAgent.Workers;
using Federation.Proto.Gates;
using Federation.Proto.Records;
using Federation.Storage.Attempts;
using AttemptFile = Federation.Storage.Attempts.AttemptFile;

namespace Federation.MinerAgent.Jobs;

/// <summary>What becomes of an attempt's end: acceptance and publication, or failure and retry.</summary>
public sealed partial class JobDriver
{
    private const int MaxErrorLength = 500;
    private const int PublishTries = 6;

    private readonly HashSet<(uint Order, string Phase)> _published = [];

    private async Task<string?> ProblemOfAsync(TaskKey key, TaskResult result, CancellationToken stop)
    {
        if (ResultCheck.Problem(key.Phase, result) is { } problem)
        {
            return problem;
        }

        try
        {
            var files = result.Files.Select(file => new AttemptFile(file.Name, checked((long)file.Size))).ToList();
            return await _context.Files.CheckAsync(_sectorId, key.Phase, AttemptId.Parse(key.Attempt), files, stop);
        }
        catch (Exception error) when (error is IOException or OverflowException)
        {
            return error.Message;
        }
    }

    /// <summary>
    /// Outbox, acceptance, publication, and only then the worker may forget. A crash anywhere in between is made good
    /// by doing the rest again.
    /// </summary>
    private async Task AcceptAsync(OutboxEntry entry, PhaseRun? run, CancellationToken stop)
    {
        Keep(entry);
        var accepted = await ReportAsync(entry.Key.Order, DoneReport(entry), stop);
        if (accepted)
        {
            Log.Accepted(_context.Logger, entry.Key.Phase, Sector, entry.Key.Attempt, entry.Result.Seconds);
            await PublishAcceptedAsync(stop);
        }
        else
        {
            Log.Refused(_context.Logger, entry.Key.Phase, Sector, entry.Key.Attempt);
        }

        _context.Outbox.Remove(entry.Key);
        if (run is not null && accepted)
        {
            _context.Pool.Release(run);
        }
        else if (run is not null)
        {
            _context.Pool.Cancel(run, "its result is not wanted any more");
        }
    }

    /// <summary>A full disk here must not cost hours of work: the worker keeps its result as well.</summary>
    private void Keep(OutboxEntry entry)
    {
        try
        {
            _context.Outbox.Put(entry);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NotWritten(_context.Logger, Sector, error);
        }
    }

    /// <summary>Carries out what the report has decided: DONE attempts get their final names, once per life and
    /// order.</summary>
    private async Task PublishAcceptedAsync(CancellationToken stop)
    {
        if (_report?.Record is not { } report)
        {
            return;
        }

        foreach (var phase in report.Phases.Where(phase => phase.State == PhaseState.Done).ToList())
        {
            if (_published.Add((report.Order, phase.Phase)))
            {
                await PublishAsync(report.Order, phase, stop);
                DropAccepted(report.Order, phase.Phase);
            }
        }
    }

    /// <summary>
    /// A storage that is away is waited for; files that are gone for good show as the next phase's failure, which
    /// tells the miner to go back.
    /// </summary>
    private async Task PublishAsync(uint order, PhaseReport phase, CancellationToken stop)
    {
        var delay = _context.NewDelay();
        for (var tries = 1; ; tries++)
        {
            try
            {
                var outcome = await _context.Files.PublishAsync(
                    _sectorId, phase.Phase, order, AttemptId.Parse(phase.Attempt), stop);
                Log.Published(_context.Logger, phase.Phase, Sector, phase.Attempt, outcome);
                return;
            }
            catch (IOException error) when (tries < PublishTries)
            {
                Log.PublishFailed(_context.Logger, phase.Phase, Sector, error);
                await delay.WaitAsync(stop);
            }
            catch (Exception error) when (error is IOException or FormatException)
            {
                Log.PublishGivenUp(_context.Logger, phase.Phase, Sector, error);
                return;
            }
        }
    }

    private void DropAccepted(uint order, string phase)
    {
        foreach (var entry in _context.Outbox.Entries.Where(
            entry => entry.Key.Sector == Sector && entry.Key.Order <= order && entry.Key.Phase == phase
                && entry.Key != Current).ToList())
        {
            _context.Outbox.Remove(entry.Key);
        }
    }

    /// <summary>A temporary failure is tried again elsewhere after a wait; anything else, and too many, go to the
    /// miner.</summary>
    private async Task FailedAsync(string phase, PhaseRun? run, FailureKind kind, string error, CancellationToken stop)
    {
        _tries.Failed(run?.Worker);
        Log.Failed(_context.Logger, phase, Sector, _tries.Failures, kind, error);
        if (run is not null)
        {
            _known.Add(run.Key);
        }

        if (kind == FailureKind.Temporary && _tries.Failures <= _context.Options.TemporaryRetries)
        {
            Release(run);
            if (phase != TaskCode.PreCommit1)
            {
                // Only PC1 goes on from what an earlier attempt left; of the others it fills the disk for nothing.
                await DiscardAsync(phase, stop);
            }

            await DelayRetryAsync(stop);
            return;
        }

        await ReportAsync(Job.Record.Order.Number, FailedReport(phase, run, kind, error), stop);
        Release(run);
        await DiscardAsync(phase, stop);
    }

    private void Release(PhaseRun? run)
    {
        if (run is not null)
        {
            _context.Pool.Release(run);
        }
    }

    /// <summary>Waits longer with each failure, and not at all once the job has changed.</summary>
    private async Task DelayRetryAsync(CancellationToken stop)
    {
        var changed = _changed.Next;
        var options = _context.Options;
        var wait = options.FirstRetry * Math.Pow(2, Math.Min(_tries.Failures, 16)) * (
            0.5 + (_context.Random.NextDouble() / 2));
        var timer = Task.Delay(wait < options.LongestRetry ? wait : options.LongestRetry, _context.Time, stop);
        await await Task.WhenAny(timer, changed.InContext());
    }

    private async Task DiscardAsync(string? phase, CancellationToken stop)
    {
        try
        {
            await _context.Files.DiscardAsync(_sectorId, phase, _epoch, stop);
        }
        catch (IOException error)
        {
            Log.DiscardFailed(_context.Logger, Sector, error);
        }
    }

    /// <summary>
    /// What the miner needs of a result, and no more: it crosses the WAN, and again with each later phase of the order.
    /// The worker has checked PC1's and C1's commitments against the order, which holds them already.
    /// </summary>
    private static PhaseReport DoneReport(OutboxEntry entry)
    {
        var (phase, result) = (entry.Key.Phase, entry.Result);
        var done = new PhaseReport
        {
            Phase = phase,
            State = PhaseState.Done,
            Attempt = entry.Key.Attempt,
            Hostname = entry.Hostname,
            Seconds = Math.Round(result.Seconds, 3),
            Pieces = { result.Pieces },
            ProofSha256 = result.ProofSha256,
            ProofBytes = result.ProofBytes,
        };
        if (phase is TaskCode.AddPiece or TaskCode.PreCommit2)
        {
            (done.CommD, done.CommR) = (result.CommD, result.CommR);
        }

        return done;
    }

    private PhaseReport FailedReport(string phase, PhaseRun? run, FailureKind kind, string error) => new()
    {
        Phase = phase,
        State = PhaseState.Failed,
        Attempt = run?.Key.Attempt ?? "",
        Worker = run?.Worker ?? "",
        // Where no worker was reached the agent itself failed: its name says where to look.
        Hostname = run is null ? _context.Me.Name : _context.Pool.HostOf(run.Worker),
        Failure = kind == FailureKind.Unspecified ? FailureKind.Temporary : kind,
        Error = error.Length <= MaxErrorLength ? error : error[..MaxErrorLength],
        Failures = _tries.Failures,
    };
}
