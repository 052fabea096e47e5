using Federation.Discovery;
using Federation.Discovery.Jobs;
using Federation.Discovery.Store;
using Federation.Proto.Records;

namespace Federation.Miner.Sectors;

/// <summary>
/// The one place that changes a sector: the new state, the log entry and the order that follows from them are one
/// transaction, guarded by the sector's revision, by the job's, and by this miner's term.
/// </summary>
internal sealed class SectorWriter(JobBoard board, JobChange fence, TimeProvider time, Func<double> random)
{
    private const uint RecordVersion = 1;

    private readonly SectorOrders _orders = new(board);

    /// <summary>Begins a sector: its record, its first log entry and its first order.</summary>
    /// <returns>False when the number is taken.</returns>
    public async Task<bool> CreateAsync(ulong sector, SealSpec spec, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var record = new SectorRecord
        {
            Version = RecordVersion, Sector = sector, Spec = spec.Clone(), CreatedUnixMs = now,
        };
        var absent = new Versioned<SectorRecord>(board.Keys.Sector(sector), record, 0, 0, default);
        var move = new SectorStep.Move(SectorEvent.StartCC, User: SectorLogText.StartCC(sector, spec));
        return await ApplyAsync(new SectorView(absent, null, null, null, null), move, cancellationToken);
    }

    /// <summary>Applies a move. False: something changed since the view was read, and nothing was written.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was written.</exception>
    /// <exception cref="OutcomeUnknownException">Read again.</exception>
    public async Task<bool> ApplyAsync(SectorView view, SectorStep.Move move, CancellationToken cancellationToken)
    {
        var state = NextState(view.Record, move);
        if (state is null)
        {
            return false;
        }

        var next = view.Record.Clone();
        move.Change?.Invoke(next);
        Enter(next, view, state, move);
        var change = fence + JobChange.Only(view.Sector.Unchanged) + _orders.Change(view, next, move.Event)
            + Log(next, move) + new JobChange([], [view.Sector.Put(next)]);
        return (await board.CommitAsync(change, cancellationToken)).Applied;
    }

    /// <summary>Offers the job of a lost agent to others of its region.</summary>
    public async Task<bool> ReofferAsync(SectorView view, CancellationToken cancellationToken) =>
        view.Job is { } job && (await board.CommitAsync(fence + board.Reoffer(job), cancellationToken)).Applied;

    private static string? NextState(SectorRecord record, SectorStep.Move move) =>
        move.Event == SectorEvent.ForceState ? move.Forced : SectorTransitions.Next(record.State, move.Event);

    private void Enter(SectorRecord next, SectorView view, string state, SectorStep.Move move)
    {
        if (next.State != state || move.Event is SectorEvent.OrderLost or SectorEvent.ForceState)
        {
            next.StateSinceUnixMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        }

        next.State = state;
        if (view.Job is { } job)
        {
            next.Region = board.RegionOf(job);
            next.Epoch = job.Record.Epoch;
            next.Agent = job.Record.Agent.Length > 0 ? job.Record.Agent : next.Agent;
        }

        foreach (var counter in RetryTable.ResetBy(move.Event))
        {
            next.Failures.Remove(counter);
        }

        Count(next, move);
    }

    private void Count(SectorRecord next, SectorStep.Move move)
    {
        next.LastError = move.Error is { } error ? SectorLogText.Cut(error) : next.LastError;
        (next.RetryAfterMs, next.NeedsOperator) = (0, false);
        if (move.Event is SectorEvent.OperatorRetry)
        {
            next.Failures.Remove(next.State);
        }
        else if (move.Event is SectorEvent.ProofUnjudged)
        {
            // Nothing has failed: it is shown, and no attempt is spent.
        }
        else if (RetryTable.Find(next.State) is { } rule)
        {
            var failures = next.Failures.GetValueOrDefault(next.State) + 1;
            next.Failures[next.State] = failures;
            next.RetryAfterMs = (long)rule.Wait(failures, random()).TotalMilliseconds;
            next.NeedsOperator = move.IsPermanent || failures > rule.Attempts;
        }
        else if (next.State == SectorStates.FailedUnrecoverable || !SectorTransitions.IsDriven(next.State))
        {
            next.NeedsOperator = true;
            next.LastError = next.LastError.Length > 0 ? next.LastError
                : $"nothing drives sectors in state {next.State}";
        }
        else if (next.State == SectorStates.Proving || move.Event is SectorEvent.Committed)
        {
            // A proof that holds ends what was wrong with it, or kept it from being judged; the log keeps that.
            next.LastError = "";
        }
    }

    private JobChange Log(SectorRecord next, SectorStep.Move move)
    {
        if (move.Event is SectorEvent.MessageSigned or SectorEvent.ProofWanted)
        {
            return JobChange.None;
        }

        if (move.Event == SectorEvent.Removed)
        {
            next.LogEntries = 0;
            return new JobChange([], [new DeleteOp(board.Keys.LogsOf(next.Sector), IsPrefix: true)]);
        }

        var entry = new LogRecord
        {
            Version = RecordVersion,
            UnixMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Kind = $"event;sealing.Sector{move.Event}",
            Message = $"{{\"User\":{move.User}}}",
        };
        var key = board.Keys.Log(next.Sector, next.LogEntries++);
        return new JobChange([], [new Versioned<LogRecord>(key, entry, 0, 0, default).Put(entry)]);
    }
}
