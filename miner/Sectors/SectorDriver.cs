using System.Collections.Concurrent;
using Federation.Discovery.Jobs;
using Microsoft.Extensions.Logging;

namespace Federation.Miner.Sectors;

/// <summary>Drives one sector by one step: reads it, asks its state's handler, applies what has happened.</summary>
internal sealed partial class SectorDriver(
    JobBoard board, SectorReader reader, SectorWriter writer, SectorHandlers handlers, GracePolicy grace,
    Outage chain, TimeProvider time, ILogger<SectorDriver> logger)
{
    private static readonly TimeSpan RefusedRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(1), LongestLook = TimeSpan.FromSeconds(30);

    // When this process first saw a job without its claim. A restart begins the grace anew.
    private readonly ConcurrentDictionary<ulong, (ulong Epoch, long Since)> _lost = [];

    // How often in a row a sector's proof could not be judged.
    private readonly ConcurrentDictionary<ulong, uint> _unjudged = [];

    /// <summary>One step.</summary>
    /// <param name="sector">Its number.</param>
    /// <param name="region">Where its job was last seen, if known.</param>
    /// <param name="cancellationToken">Ends the step.</param>
    public async Task<DriveResult> StepAsync(ulong sector, string? region, CancellationToken cancellationToken)
    {
        if (await reader.ReadAsync(sector, region, cancellationToken) is not { } view)
        {
            return new DriveResult(false, null);
        }

        var lost = await AfterLostAgentAsync(view, cancellationToken);
        if (lost is { Moved: true })
        {
            return lost;
        }

        var step = await AskAsync(view, cancellationToken);
        if (step is SectorStep.Move move)
        {
            var applied = await writer.ApplyAsync(view, move, cancellationToken);
            if (applied)
            {
                Log(sector, move);
            }

            // Refused: something has changed since it was read. Its watch event brings the next step, or this wait
            // does.
            return applied ? new DriveResult(true, null) : new DriveResult(false, RefusedRetry);
        }

        return new DriveResult(false, Sooner(((SectorStep.Wait)step).AtMost, lost?.AtMost));
    }

    /// <summary>Applies what an operator wants of a sector; null = done, otherwise why not.</summary>
    public async Task<string?> CommandAsync(
        ulong sector, string? region, Func<SectorView, (SectorStep.Move? Move, string? Refusal)> decide,
        CancellationToken cancellationToken)
    {
        const int Tries = 20;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await reader.ReadAsync(sector, region, cancellationToken) is not { } view)
            {
                return $"No state for /{sector}: datastore: key not found";
            }

            var (move, refusal) = decide(view);
            if (move is null || await writer.ApplyAsync(view, move, cancellationToken))
            {
                return refusal;
            }
        }

        return $"sector {sector} changed {Tries} times while the command was being applied: try again";
    }

    private static TimeSpan? Sooner(TimeSpan? left, TimeSpan? right) =>
        left is null || right < left ? right ?? left : left;

    private async Task<SectorStep> AskAsync(SectorView view, CancellationToken cancellationToken)
    {
        var question = $"sector {view.Record.Sector} in {view.Record.State}";
        try
        {
            var step = await handlers.NextAsync(view, cancellationToken);
            chain.Answered(view.Record.Sector, question);
            _unjudged.TryRemove(view.Record.Sector, out _);
            return step is SectorStep.Move move && SectorTransitions.Next(view.Record.State, move.Event) is null
                ? Unusable($"{move.Event} does not belong into state {view.Record.State}")
                : step;
        }
        catch (ProofUnjudgedException error)
        {
            return Unjudged(view, error.Message);
        }
        catch (Exception error) when (
            error is IOException or UnauthorizedAccessException or TimeoutException or HttpRequestException)
        {
            // The chain or a disk; the store's own failures end the step in the reader or the writer.
            var wait = chain.Missed(view.Record.Sector, question, error);
            return handlers.TimedOut(view, error.Message) ?? new SectorStep.Wait(wait);
        }
        catch (FormatException error)
        {
            return Unusable($"the sector's record cannot be used: {error.Message}");
        }
    }

    /// <summary>
    /// What the miner lacks is told once, in the sector's log and as its last error, and looked for again and again.
    /// </summary>
    private SectorStep Unjudged(SectorView view, string reason)
    {
        if (handlers.TimedOut(view, reason) is { } late)
        {
            return late;
        }

        if (view.Record.LastError != SectorLogText.Cut(reason))
        {
            return new SectorStep.Move(
                SectorEvent.ProofUnjudged, Error: reason, User: SectorLogText.Error(reason));
        }

        var looks = _unjudged.AddOrUpdate(view.Record.Sector, 1, static (_, known) => known + 1);
        return new SectorStep.Wait(RetryRule.Wait(FirstLook, LongestLook, looks, random: 0));
    }

    /// <summary>What no retry mends: an operator sees it, and the other sectors go on.</summary>
    private static SectorStep.Move Unusable(string cause) =>
        new(SectorEvent.FatalError, Error: cause, User: SectorLogText.Error(cause));

    /// <summary>An agent that lost its lease gets its grace; then its job is offered to others of its region.</summary>
    private async Task<DriveResult?> AfterLostAgentAsync(SectorView view, CancellationToken cancellationToken)
    {
        var sector = view.Record.Sector;
        if (!view.HasLostItsAgent)
        {
            _lost.TryRemove(sector, out _);
            return null;
        }

        var epoch = view.Job!.Record.Epoch;
        var seen = _lost.AddOrUpdate(
            sector, _ => (epoch, time.GetTimestamp()), (_, known) => known.Epoch == epoch ? known
                : (epoch, time.GetTimestamp()));
        var left = grace.For(view) - time.GetElapsedTime(seen.Since);
        if (left > TimeSpan.Zero)
        {
            return new DriveResult(false, left);
        }

        var reoffered = await writer.ReofferAsync(view, cancellationToken);
        if (reoffered)
        {
            LogReoffered(sector, board.RegionOf(view.Job), view.Job.Record.Agent);
        }

        return reoffered ? new DriveResult(true, null) : new DriveResult(false, RefusedRetry);
    }

    private void Log(ulong sector, SectorStep.Move move)
    {
        if (move.Error is { } error)
        {
            LogFailed(sector, move.Event, error);
        }
        else
        {
            LogMoved(sector, move.Event);
        }
    }

    [LoggerMessage(3001, LogLevel.Information, "sector {Sector}: {Event}")]
    private partial void LogMoved(ulong sector, SectorEvent @event);

    [LoggerMessage(3004, LogLevel.Warning, "sector {Sector}: {Event}: {Error}")]
    private partial void LogFailed(ulong sector, SectorEvent @event, string error);

    [LoggerMessage(3003, LogLevel.Warning,
        "sector {Sector}: offered to others of region {Region}, agent {Agent} did not come back")]
    private partial void LogReoffered(ulong sector, string region, string agent);
}
