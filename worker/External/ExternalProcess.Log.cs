using Microsoft.Extensions.Logging;

namespace Federation.Worker.External;

internal sealed partial class ExternalProcess
{
    private static partial class Log
    {
        [LoggerMessage(5400, LogLevel.Information, "{Phase}: process {Pid} of {Program} is ready")]
        public static partial void Ready(ILogger logger, string phase, int pid, string program);

        [LoggerMessage(5401, LogLevel.Information, "{Phase}: process {Pid} says: {Line}")]
        public static partial void Said(ILogger logger, string phase, int pid, string line);

        [LoggerMessage(5402, LogLevel.Warning, "{Phase}: process {Pid} wrote a line that answers nothing: {Line}")]
        public static partial void Stray(ILogger logger, string phase, int pid, string line);

        [LoggerMessage(5403, LogLevel.Warning, "{Phase}: further such lines of process {Pid} are not logged")]
        public static partial void NoMoreStray(ILogger logger, string phase, int pid);

        [LoggerMessage(5404, LogLevel.Information, "{Sentence}")]
        public static partial void Ended(ILogger logger, string sentence);
    }
}
