using Federation.Hosting.Cli;
using Microsoft.Extensions.Logging;

namespace Federation.Hosting.Daemon;

/// <summary>Runs a daemon from start to clean stop. Whatever ends it is logged, and shows in the exit code.</summary>
public static partial class DaemonRunner
{
    /// <summary>Runs a daemon until its body returns, its token is cancelled, or something fatal happens.</summary>
    /// <param name="name">The daemon's name, for the log.</param>
    /// <param name="body">The daemon; it stops all that it started before it returns.</param>
    /// <param name="loggers">The log.</param>
    /// <param name="stop">Cancelled by Ctrl-C and SIGTERM: the token that a command's action is given.</param>
    /// <param name="options">Limits.</param>
    /// <returns>The exit code. A stop that was asked for is a success.</returns>
    /// <exception cref="OperatorException">The body could not start for a reason that the operator can put
    /// right.</exception>
    public static async Task<int> RunAsync(
        string name,
        Func<DaemonContext, Task> body,
        ILoggerFactory loggers,
        CancellationToken stop,
        DaemonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        options ??= new DaemonOptions();
        var logger = loggers.CreateLogger(name);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);

        // On the outer token and after the link: the callback registered last runs first, so the line precedes the
        // stop.
        await using var asked = stop.Register(() => LogStopping(logger, name));
        using var fatal = new FatalHandler(stopping, logger, options);
        using var unobserved = new UnobservedFailures(fatal);
        try
        {
            await body(new DaemonContext(loggers, fatal, options.Time, stopping.Token));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The body may end by its token; which token, and why, is known here.
        }
        catch (Exception e) when (e is not OperatorException)
        {
            fatal.Fail(name, e);
        }

        LogStopped(logger, name, fatal.HasFailed ? ExitCode.Defect : ExitCode.Success);
        return fatal.HasFailed ? ExitCode.Defect : ExitCode.Success;
    }

    [LoggerMessage(2001, LogLevel.Information, "{Name} is stopping")]
    private static partial void LogStopping(ILogger logger, string name);

    [LoggerMessage(2002, LogLevel.Information, "{Name} stopped with exit code {ExitCode}")]
    private static partial void LogStopped(ILogger logger, string name, int exitCode);
}
