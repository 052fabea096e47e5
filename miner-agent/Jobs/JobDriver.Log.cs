using Federation.Proto.Records;
using Federation.Storage.Attempts;
using Microsoft.Extensions.Logging;

namespace Federation.MinerAgent.Jobs;

public sealed partial class JobDriver
{
    private static partial class Log
    {
        [LoggerMessage(4200, LogLevel.Information, "adopted sector {Sector} in epoch {Epoch}")]
        public static partial void Adopted(ILogger logger, ulong sector, ulong epoch);

        [LoggerMessage(4201, LogLevel.Information, "did not adopt sector {Sector}: {Reason}")]
        public static partial void NotAdopted(ILogger logger, ulong sector, string reason);

        [LoggerMessage(4202, LogLevel.Warning, "the store does not answer while {Doing} sector {Sector}; trying again")]
        public static partial void StoreDown(ILogger logger, ulong sector, string doing, Exception error);

        [LoggerMessage(4203, LogLevel.Information,
            "{Phase} of sector {Sector}: attempt {Attempt} expected back from worker {Worker}")]
        public static partial void Expecting(ILogger logger, ulong sector, string phase, string attempt, string worker);

        [LoggerMessage(4204, LogLevel.Information,
            "{Phase} of sector {Sector}: attempt {Attempt} assigned to worker {Worker}")]
        public static partial void Assigned(ILogger logger, string phase, ulong sector, string attempt, string worker);

        [LoggerMessage(4205, LogLevel.Information,
            "{Phase} of sector {Sector}: attempt {Attempt} accepted after {Seconds} s")]
        public static partial void Accepted(ILogger logger, string phase, ulong sector, string attempt, double seconds);

        [LoggerMessage(4206, LogLevel.Warning, "{Phase} of sector {Sector}: attempt {Attempt} is not wanted any more")]
        public static partial void Refused(ILogger logger, string phase, ulong sector, string attempt);

        [LoggerMessage(4207, LogLevel.Information, "{Phase} of sector {Sector}: attempt {Attempt} {Outcome}")]
        public static partial void Published(
            ILogger logger, string phase, ulong sector, string attempt, PublishOutcome outcome);

        [LoggerMessage(4208, LogLevel.Warning, "{Phase} of sector {Sector} cannot be published yet; trying again")]
        public static partial void PublishFailed(ILogger logger, string phase, ulong sector, Exception error);

        [LoggerMessage(4209, LogLevel.Error,
            "{Phase} of sector {Sector} cannot be published: the next phase will show it")]
        public static partial void PublishGivenUp(ILogger logger, string phase, ulong sector, Exception error);

        [LoggerMessage(4210, LogLevel.Warning, "{Phase} of sector {Sector} failed ({Failures}, {Kind}): {Error}")]
        public static partial void Failed(
            ILogger logger, string phase, ulong sector, uint failures, FailureKind kind, string error);

        [LoggerMessage(4211, LogLevel.Warning, "attempts of sector {Sector} cannot be removed")]
        public static partial void DiscardFailed(ILogger logger, ulong sector, Exception error);

        [LoggerMessage(4212, LogLevel.Warning, "sector {Sector} has no proof to send")]
        public static partial void NoProof(ILogger logger, ulong sector);

        [LoggerMessage(4213, LogLevel.Information,
            "proof of sector {Sector} ({Bytes} bytes) sent: accepted {Accepted} {Reason}")]
        public static partial void Uploaded(ILogger logger, ulong sector, ulong bytes, bool accepted, string reason);

        [LoggerMessage(4214, LogLevel.Warning, "proof of sector {Sector} could not be sent; trying again")]
        public static partial void UploadFailed(ILogger logger, ulong sector, Exception error);

        [LoggerMessage(4215, LogLevel.Information, "left sector {Sector} of epoch {Epoch}")]
        public static partial void Left(ILogger logger, ulong sector, ulong epoch);

        [LoggerMessage(4216, LogLevel.Error, "the outbox cannot be written for sector {Sector}: going on without it")]
        public static partial void NotWritten(ILogger logger, ulong sector, Exception error);
    }
}
