namespace Federation.Hosting.Daemon;

/// <summary>Where a background loop goes with what it cannot survive. Thread-safe; the first failure counts.</summary>
public interface IFatalHandler
{
    /// <summary>
    /// Logs a failure and stops the process with <see cref="Cli.ExitCode.Defect"/>: first by cancelling the daemon's
    /// token,
    /// and by force when that takes too long. Returns at once.
    /// </summary>
    /// <param name="component">What failed: "lease keeper".</param>
    /// <param name="exception">Why.</param>
    void Fail(string component, Exception exception);
}
