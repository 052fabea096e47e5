using Microsoft.Extensions.Logging;

namespace Federation.Worker.Tasks;

public sealed partial class WorkerTasks
{
    private static partial class Log
    {
        [LoggerMessage(5000, LogLevel.Information, "{Phase} of sector {Sector} started, attempt {Attempt}")]
        public static partial void Started(ILogger logger, string phase, ulong sector, string attempt);

        [LoggerMessage(5001, LogLevel.Information,
            "{Phase} of sector {Sector} ended, attempt {Attempt}, ok {Ok}, after {Seconds} s {Error}")]
        public static partial void Finished(
            ILogger logger, string phase, ulong sector, string attempt, bool ok, double seconds, string error);

        [LoggerMessage(5002, LogLevel.Information, "{Phase} of sector {Sector} stopped, attempt {Attempt}")]
        public static partial void Stopped(ILogger logger, string phase, ulong sector, string attempt);

        [LoggerMessage(5003, LogLevel.Information, "{Phase} of sector {Sector} cancelled: {Reason}")]
        public static partial void Cancelled(ILogger logger, string phase, ulong sector, string reason);

        [LoggerMessage(5004, LogLevel.Error,
            "the result of {Phase} of sector {Sector} cannot be written: it is lost if this process ends before the "
            + "agent takes it")]
        public static partial void NotKept(ILogger logger, string phase, ulong sector, Exception error);

        [LoggerMessage(5005, LogLevel.Error, "{Phase} of sector {Sector} failed unexpectedly")]
        public static partial void Defect(ILogger logger, string phase, ulong sector, Exception error);
    }
}
