using Microsoft.Extensions.Logging;

namespace Federation.Hosting.Logging;

/// <summary>The log of our programs: one line an event on the standard error stream.</summary>
public static class ConsoleLogging
{
    /// <summary>The environment variable that sets the least level to log, named as Lotus's.</summary>
    public const string LevelVariable = "GOLOG_LOG_LEVEL";

    /// <summary>Creates the log.</summary>
    /// <param name="writer">Where lines go; each is written as a whole.</param>
    /// <param name="minimum">The least level to log; the platform's own categories log warnings and above.</param>
    /// <param name="time">The clock of time stamps.</param>
    public static ILoggerFactory Create(
        TextWriter writer, LogLevel minimum = LogLevel.Information, TimeProvider? time = null) =>
        LoggerFactory.Create(builder => builder
            .SetMinimumLevel(minimum)
            .AddFilter("Microsoft", minimum > LogLevel.Warning ? minimum : LogLevel.Warning)
            // A start that fails throws as well, and whoever starts a host says it in one sentence.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            .AddProvider(new LineLoggerProvider(writer, time ?? TimeProvider.System)));

    /// <summary>The level of a name that Lotus uses; information when there is none.</summary>
    /// <exception cref="OperatorException">The name is not known.</exception>
    public static LogLevel ParseLevel(string? name) => name?.ToUpperInvariant() switch
    {
        null or "" or "INFO" => LogLevel.Information,
        "DEBUG" => LogLevel.Debug,
        "WARN" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "FATAL" => LogLevel.Critical,
        _ => throw new OperatorException(
            $"{LevelVariable} = \"{name}\" is no log level", "set it to one of debug, info, warn, error, fatal"),
    };
}
