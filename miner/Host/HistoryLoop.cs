using Federation.Discovery;
using Federation.Discovery.Store;
using Microsoft.Extensions.Logging;

namespace Federation.Miner.Host;

/// <summary>Compacts the store's history: what is older than is kept, by this process's clock.</summary>
internal sealed partial class HistoryLoop(
    IStore store, FederationKeys keys, TimeSpan kept, Func<bool> isActing, TimeProvider time,
    ILogger<HistoryLoop> logger)
{
    private const int Steps = 4;

    private readonly Queue<(long Timestamp, long Revision)> _marks = [];

    /// <summary>Runs until the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(kept / Steps, time, stop);
            try
            {
                await StepAsync(stop);
            }
            catch (Exception error) when (
                error is StoreUnavailableException or OutcomeUnknownException or CompactedException)
            {
                LogNotCompacted(error);
            }
        }
    }

    internal async Task StepAsync(CancellationToken stop)
    {
        var now = await store.RangeAsync(new RangeQuery(keys.Leader, KeysOnly: true), stop);
        _marks.Enqueue((time.GetTimestamp(), now.Revision));
        var old = 0L;
        while (_marks.TryPeek(out var mark) && time.GetElapsedTime(mark.Timestamp) >= kept)
        {
            old = _marks.Dequeue().Revision;
        }

        if (old > 0 && isActing())
        {
            await store.CompactAsync(old, stop);
            LogCompacted(old);
        }
    }

    [LoggerMessage(3221, LogLevel.Debug, "the store's history before revision {Revision} was compacted")]
    private partial void LogCompacted(long revision);

    [LoggerMessage(3222, LogLevel.Warning, "the store's history was not compacted; tried again later")]
    private partial void LogNotCompacted(Exception error);
}
