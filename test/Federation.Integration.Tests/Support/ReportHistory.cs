using System.Collections.Concurrent;
using Federation.Discovery;
using Federation.Discovery.Store;
using Federation.Proto.Records;
using Google.Protobuf;

namespace Federation.Integration.Tests.Support;

/// <summary>Every version of every phase report that the store ever held, in revision order: the run's
/// evidence.</summary>
public sealed class ReportHistory : IAsyncDisposable
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ReportRecord> _reports = new();
    private readonly IStore _store;
    private readonly FederationKeys _keys;
    private readonly Task _follow;
    private long _seen;

    public ReportHistory(IStore store, FederationKeys keys)
    {
        (_store, _keys) = (store, keys);
        _follow = FollowAsync();
    }

    public IReadOnlyCollection<ReportRecord> Reports => _reports;

    /// <summary>The first phase report that fits, of any sector or of one; waits for it.</summary>
    public async Task<(ulong Sector, PhaseReport Phase)> FirstAsync(
        Func<PhaseReport, bool> fits, TimeSpan bound, Func<string> context, ulong? sector = null)
    {
        (ulong Sector, PhaseReport Phase)? found = null;
        await Eventually.HoldsAsync(
            () =>
            {
                found = _reports
                    .Where(report => sector is null || report.Sector == sector)
                    .SelectMany(static report =>
                        report.Phases.Select(phase => ((ulong, PhaseReport)?)(report.Sector, phase)))
                    .FirstOrDefault(pair => fits(pair!.Value.Item2));
                return FollowedAsync(found is null ? "no phase report fits yet" : null);
            },
            bound,
            context);
        return found!.Value;
    }

    /// <summary>Waits until everything is here that the store holds by now.</summary>
    public async Task CatchUpAsync()
    {
        var mark = new StoreTxn([], [new PutOp(_keys.Root + "history-end", default)], []);
        var now = (await _store.TxnAsync(mark, CancellationToken.None)).Revision;
        await Eventually.HoldsAsync(
            () => FollowedAsync(
                Volatile.Read(ref _seen) is var seen && seen >= now ? null : $"seen up to {seen}, not to {now}"),
            TimeSpan.FromMinutes(1));
    }

    /// <summary>No phase is reported RUNNING or FAILED under an order after it was DONE under it.</summary>
    public void AssertNothingStartedAfterItsAcceptance()
    {
        var done = new Dictionary<(ulong Sector, uint Order, string Phase), string>();
        foreach (var report in _reports)
        {
            foreach (var phase in report.Phases)
            {
                var key = (report.Sector, report.Order, phase.Phase);
                if (done.TryGetValue(key, out var accepted))
                {
                    Assert.True(
                        phase.State == PhaseState.Done && phase.Attempt == accepted,
                        $"{key}: {phase.State} by attempt {phase.Attempt} after attempt {accepted} was accepted");
                }
                else if (phase.State == PhaseState.Done)
                {
                    done[key] = phase.Attempt;
                }
            }
        }

        Assert.NotEmpty(done);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _follow;
        _stop.Dispose();
    }

    /// <summary>The answer; or why the history ended before the test did.</summary>
    private async Task<string?> FollowedAsync(string? missing)
    {
        if (_follow.IsCompleted)
        {
            await _follow;
        }

        return missing;
    }

    private async Task FollowAsync()
    {
        try
        {
            await foreach (var batch in _store.WatchAsync(
                new WatchQuery(_keys.Root, IsPrefix: true, FromRevision: 1), _stop.Token))
            {
                foreach (var change in batch.Changes.Where(change => !change.IsDelete
                    && change.Entry.Key.StartsWith(_keys.Reports, StringComparison.Ordinal)))
                {
                    _reports.Enqueue(Parser.Parse<ReportRecord>(
                        System.Text.Encoding.UTF8.GetString(change.Entry.Value.Span)));
                }

                Volatile.Write(ref _seen, batch.Revision);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
