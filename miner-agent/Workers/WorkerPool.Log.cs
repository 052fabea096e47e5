using Microsoft.Extensions.Logging;

namespace Federation.MinerAgent.Workers;

public sealed partial class WorkerPool
{
    private static partial class Log
    {
        [LoggerMessage(4100, LogLevel.Information, "worker {Worker} on {Host} connected; it has {Tasks} tasks")]
        public static partial void Connected(ILogger logger, string worker, string host, int tasks);

        [LoggerMessage(4101, LogLevel.Warning, "worker {Worker} disconnected; what it runs is waited for")]
        public static partial void Disconnected(ILogger logger, string worker);

        [LoggerMessage(4102, LogLevel.Information,
            "worker {Worker} has {Phase} of sector {Sector}, which nobody waits for: {Verdict}")]
        public static partial void Stranger(
            ILogger logger, string worker, string phase, ulong sector, StrangerVerdict verdict);
    }
}
