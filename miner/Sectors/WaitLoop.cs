using Federation.Hosting.Waits;
using Microsoft.Extensions.Logging;

namespace Federation.Miner.Sectors;

/// <summary>
/// Logs sectors that wait for what an operator has to start: each once when it has waited for a while, as agents and
/// workers that were only started anew are back by then.
/// </summary>
internal sealed partial class WaitLoop(
    SectorIndex index, SectorWaits waits, Func<bool> isActing, TimeProvider time, ILogger<WaitLoop> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5), Patience = TimeSpan.FromSeconds(30);

    private readonly StandingNotices<(ulong Sector, string Reason)> _notices = new(Patience, time);

    /// <summary>Runs until the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(Interval, time, stop);
            Look();
        }
    }

    internal void Look()
    {
        // Without the role nothing of this miner's is driven, and what it knows may be old.
        var waiting = isActing()
            ? index.Sectors.Select(sector => (sector.Sector, Reason: waits.Of(sector)))
                .Where(static wait => wait.Reason is not null)
            : [];
        foreach (var (sector, reason) in _notices.Look(waiting.Select(static wait => (wait.Sector, wait.Reason!))))
        {
            LogWaits(sector, reason);
        }
    }

    [LoggerMessage(3020, LogLevel.Warning, "sector {Sector} waits: {Reason}")]
    private partial void LogWaits(ulong sector, string reason);
}
