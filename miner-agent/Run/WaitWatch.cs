using Federation.Hosting.Waits;
using Federation.MinerAgent.Scheduling;
using Microsoft.Extensions.Logging;

namespace Federation.MinerAgent.Run;

/// <summary>
/// Logs a sector whose phase no connected worker runs: once when it has waited for a while, as workers that were only
/// started anew are back by then, and again only after somebody ran it. Used by one loop.
/// </summary>
internal sealed partial class WaitWatch(
    SealScheduler scheduler, string region, string agent, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly StandingNotices<(ulong Sector, string Phase)> _notices = new(Patience, time);

    /// <summary>Looks at all that wait now.</summary>
    public void Look()
    {
        var waiting = scheduler.WaitingInVain().Select(static request => (request.Sector, request.Phase));
        foreach (var (sector, phase) in _notices.Look(waiting))
        {
            LogWaits(sector, phase, WaitReason.NoWorker(phase, region, agent));
        }
    }

    [LoggerMessage(4010, LogLevel.Warning, "sector {Sector} waits for {Phase}: {Reason}")]
    private partial void LogWaits(ulong sector, string phase, string reason);
}
