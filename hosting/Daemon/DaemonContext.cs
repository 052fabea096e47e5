using Microsoft.Extensions.Logging;

namespace Federation.Hosting.Daemon;

/// <summary>What a daemon's body is given.</summary>
/// <param name="Loggers">The log.</param>
/// <param name="Fatal">Where loops go with what they cannot survive.</param>
/// <param name="Time">The clock.</param>
/// <param name="Stopping">Cancelled when the daemon is to stop.</param>
public sealed record DaemonContext(
    ILoggerFactory Loggers, IFatalHandler Fatal, TimeProvider Time, CancellationToken Stopping);
