using Microsoft.Extensions.Logging;

namespace Federation.MinerAgent.Jobs;

public sealed partial class JobSet
{
    private static partial class Log
    {
        [LoggerMessage(4250, LogLevel.Error, "record {Key} cannot be read and is left alone: {Reason}")]
        public static partial void Invalid(ILogger logger, string key, string reason);

        [LoggerMessage(4251, LogLevel.Warning,
            "a waiting result of {Phase} of sector {Sector} is dropped: the job is not ours any more")]
        public static partial void Orphan(ILogger logger, string phase, ulong sector);

        [LoggerMessage(4252, LogLevel.Error, "sector {Sector} cannot be driven; trying again")]
        public static partial void DriverFailed(ILogger logger, ulong sector, Exception error);

        [LoggerMessage(4253, LogLevel.Information, "claimed sector {Sector} in epoch {Epoch}")]
        public static partial void Claimed(ILogger logger, ulong sector, ulong epoch);

        [LoggerMessage(4254, LogLevel.Debug, "did not get sector {Sector}: {Reason}")]
        public static partial void NotClaimed(ILogger logger, ulong sector, string reason);

        [LoggerMessage(4255, LogLevel.Warning, "sector {Sector} cannot be claimed: the store does not answer")]
        public static partial void ClaimFailed(ILogger logger, ulong sector, Exception error);
    }
}
