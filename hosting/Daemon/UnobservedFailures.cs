namespace Federation.Hosting.Daemon;

/// <summary>
/// Logs the failure of a task that nobody awaited: silence would hide a dead loop.
/// </summary>
internal sealed class UnobservedFailures : IDisposable
{
    private readonly FatalHandler _fatal;

    internal UnobservedFailures(FatalHandler fatal)
    {
        _fatal = fatal;
        TaskScheduler.UnobservedTaskException += OnUnobserved;
    }

    public void Dispose() => TaskScheduler.UnobservedTaskException -= OnUnobserved;

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs e)
    {
        _fatal.LogUnobserved(e.Exception);
        e.SetObserved();
    }
}
