using Federation.Hosting.Cli;
using Federation.Hosting.Units;
using Microsoft.Extensions.Logging;

namespace Federation.Hosting.Daemon;

/// <summary>Stops a daemon after a failure, and watches that every stop comes to its end.</summary>
internal sealed partial class FatalHandler : IFatalHandler, IDisposable
{
    private readonly CancellationTokenSource _stopping;
    private readonly ILogger _logger;
    private readonly DaemonOptions _options;
    private readonly ITimer _watchdog;
    private readonly CancellationTokenRegistration _armed;
    private int _failed;

    internal FatalHandler(CancellationTokenSource stopping, ILogger logger, DaemonOptions options)
    {
        _stopping = stopping;
        _logger = logger;
        _options = options;
        _watchdog = options.Time.CreateTimer(_ => Force(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _armed = stopping.Token.Register(() => _watchdog.Change(options.StopTimeout, Timeout.InfiniteTimeSpan));
    }

    internal bool HasFailed => Volatile.Read(ref _failed) != 0;

    public void Fail(string component, Exception exception)
    {
        LogFatal(exception, component);
        if (Interlocked.Exchange(ref _failed, 1) == 0)
        {
            // Callbacks of the token must not run on the loop that fails: they may wait for that very loop.
            ThreadPool.UnsafeQueueUserWorkItem(static handler => handler.Stop(), this, preferLocal: false);
        }
    }

    public void Dispose()
    {
        _armed.Dispose();
        _watchdog.Dispose();
    }

    internal void LogUnobserved(Exception exception) => LogNobodyAwaited(exception);

    private void Stop()
    {
        try
        {
            _stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The daemon has ended meanwhile, which is what this asks for.
        }
        catch (AggregateException e)
        {
            LogFatal(e, "stop");
        }
    }

    private void Force()
    {
        LogForced(GoDuration.Format(_options.StopTimeout));
        _options.Exit(ExitCode.Defect);
    }

    [LoggerMessage(2003, LogLevel.Critical, "{Component} failed for good: the process stops")]
    private partial void LogFatal(Exception exception, string component);

    [LoggerMessage(2004, LogLevel.Critical, "the process did not stop within {Timeout} and is ended by force")]
    private partial void LogForced(string timeout);

    [LoggerMessage(2005, LogLevel.Error, "a task failed that nobody awaited")]
    private partial void LogNobodyAwaited(Exception exception);
}
