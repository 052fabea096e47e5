using System.Collections.Concurrent;
using System.Threading.Channels;
using Federation.Chain;
using Federation.Discovery.Jobs;
using Federation.Discovery.Mirror;
using Federation.Discovery.Store;
using Federation.Proto.Records;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Federation.Miner.Sectors;

/// <summary>
/// Steps every sector whenever something about it may have changed: its record, its job, its report, its claim, the
/// chain's head, or the time. One step per sector at a time. What it knows is only where to look: each step reads anew.
/// </summary>
internal sealed partial class SectorLoop(
    JobBoard board, IChain chain, SectorDriver driver, SectorIndex index, Outage store, TimeProvider time,
    ILogger<SectorLoop> logger)
{
    private const int Workers = 16;
    private const string Step = "a sector's step";
    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(1);

    private readonly Channel<ulong> _due = Channel.CreateUnbounded<ulong>();
    private readonly ConcurrentDictionary<ulong, Mark> _marks = [];
    private readonly ConcurrentDictionary<ulong, ITimer> _timers = [];

    private enum Mark
    {
        Queued,
        Running,
        RunningAndDue,
    }

    /// <summary>Runs until the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] tasks =
        [
            FollowAsync<SectorRecord>(board.Keys.Sectors, stopping.Token),
            FollowAsync<QueueRecord>(board.Keys.Queue, stopping.Token),
            FollowAsync<JobRecord>(board.Keys.Jobs, stopping.Token),
            FollowAsync<ReportRecord>(board.Keys.Reports, stopping.Token),
            FollowAsync<ClaimRecord>(board.Keys.Claims, stopping.Token),
            FollowHeadsAsync(stopping.Token),
            .. Enumerable.Range(0, Workers).Select(_ => WorkAsync(stopping.Token)),
        ];
        try
        {
            // None ends before the token does: the first that fails brings the others down, and its exception up.
            await await Task.WhenAny(tasks);
        }
        finally
        {
            await stopping.CancelAsync();
            await Task.WhenAll(tasks).ContinueWith(static _ => { }, TaskScheduler.Default);
            foreach (var timer in _timers.Values)
            {
                await timer.DisposeAsync();
            }
        }
    }

    /// <summary>Has a sector stepped soon.</summary>
    public void Poke(ulong sector)
    {
        while (true)
        {
            if (!_marks.TryGetValue(sector, out var mark))
            {
                if (_marks.TryAdd(sector, Mark.Queued))
                {
                    _due.Writer.TryWrite(sector);
                    return;
                }
            }
            else if (mark != Mark.Running || _marks.TryUpdate(sector, Mark.RunningAndDue, Mark.Running))
            {
                return;
            }
        }
    }

    private async Task FollowAsync<T>(string prefix, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new()
    {
        await foreach (var change in new RecordMirror<T>(board.Store, prefix, time).FollowAsync(cancellationToken))
        {
            switch (change)
            {
                case MirrorEvent<T>.Snapshot snapshot:
                    index.Replace(snapshot);
                    foreach (var key in snapshot.Entries.Keys)
                    {
                        PokeKey(key);
                    }

                    break;
                case MirrorEvent<T>.Changed changed:
                    index.Put(changed.Entry);
                    PokeKey(changed.Key);
                    break;
                case MirrorEvent<T>.Deleted deleted:
                    index.Delete(deleted.Key);
                    PokeKey(deleted.Key);
                    break;
                case MirrorEvent<T>.Invalid invalid:
                    LogInvalid(invalid.Key, invalid.Reason);
                    PokeKey(invalid.Key);
                    break;
            }
        }
    }

    private void PokeKey(string key)
    {
        if (index.TrySector(key, out var sector))
        {
            Poke(sector);
        }
    }

    private async Task FollowHeadsAsync(CancellationToken cancellationToken)
    {
        await foreach (var head in chain.HeadsAsync(cancellationToken))
        {
            foreach (var sector in index.WaitingForTheChain(head.Epoch, chain.Parameters.SeedDelay))
            {
                Poke(sector);
            }
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        await foreach (var sector in _due.Reader.ReadAllAsync(cancellationToken))
        {
            _marks[sector] = Mark.Running;
            var again = await StepAsync(sector, cancellationToken);
            if (!again && _marks.TryRemove(KeyValuePair.Create(sector, Mark.Running)))
            {
                continue;
            }

            _marks[sector] = Mark.Queued;
            _due.Writer.TryWrite(sector);
        }
    }

    private async Task<bool> StepAsync(ulong sector, CancellationToken cancellationToken)
    {
        try
        {
            var result = await driver.StepAsync(sector, index.RegionOf(sector), cancellationToken);
            store.Answered(sector, Step);
            Arm(sector, result.AtMost);
            return result.Moved;
        }
        catch (Exception error) when (error is StoreUnavailableException or OutcomeUnknownException)
        {
            // The store has little to do for each: whoever waits for it is not made to wait longer.
            _ = store.Missed(sector, Step, error);
            Arm(sector, StoreRetry);
            return false;
        }
        catch (Discovery.InvalidRecordException error)
        {
            // Somebody wrote there: it is left as it is, and looked at again when it changes or the mirror lists anew.
            LogInvalid(error.Key, error.Reason);
            return false;
        }
    }

    private void Arm(ulong sector, TimeSpan? atMost)
    {
        if (_timers.TryRemove(sector, out var old))
        {
            old.Dispose();
        }

        if (atMost is { } wait)
        {
            var bounded = wait < TimeSpan.FromHours(1) ? wait + TimeSpan.FromMilliseconds(1) : TimeSpan.FromHours(1);
            _timers[sector] = time.CreateTimer(_ => Poke(sector), null, bounded, Timeout.InfiniteTimeSpan);
        }
    }

    [LoggerMessage(3010, LogLevel.Error, "the record at {Key} cannot be read and is left alone: {Reason}")]
    private partial void LogInvalid(string key, string reason);
}
