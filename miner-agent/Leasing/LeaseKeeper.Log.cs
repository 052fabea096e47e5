using Microsoft.Extensions.Logging;

namespace Federation.MinerAgent.Leasing;

public sealed partial class LeaseKeeper
{
    private static partial class Log
    {
        [LoggerMessage(4300, LogLevel.Information, "registered under lease {Lease:x}")]
        public static partial void Held(ILogger logger, long lease);

        [LoggerMessage(4301, LogLevel.Warning, "lease {Lease:x} is lost: publishing nothing until there is a new one")]
        public static partial void Lost(ILogger logger, long lease);

        [LoggerMessage(4302, LogLevel.Warning, "not registered: the store does not answer; trying again")]
        public static partial void NotHeld(ILogger logger, Exception error);
    }
}
