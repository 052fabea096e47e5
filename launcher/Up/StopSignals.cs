using System.Runtime.InteropServices;
using Federation.Launcher.Processes;

namespace Federation.Launcher.Up;

/// <summary>
/// Ctrl-C, SIGTERM and SIGHUP: the first one asks for a clean stop, the second one for an immediate one.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new(), _impatient = new();
    private readonly List<PosixSignalRegistration> _registrations;

    /// <summary>Begins to listen.</summary>
    public StopSignals()
    {
        // A shell's script starts its background jobs with SIGINT ignored; who sends one to this program means it.
        ProcessSignals.Restore(ProcessSignals.Interrupt);
        _registrations =
            [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(
                s => PosixSignalRegistration.Create(s, Handle))];
    }

    /// <summary>A clean stop is wanted.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>An immediate stop is wanted.</summary>
    public CancellationToken Impatient => _impatient.Token;

    /// <summary>The exit code of a program that was stopped by the signal that came.</summary>
    public int ExitCode { get; private set; } = 130;

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _stop.Dispose();
        _impatient.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        // Ours to end the process, once the children are stopped.
        context.Cancel = true;
        ExitCode = context.Signal switch { PosixSignal.SIGTERM => 143, PosixSignal.SIGHUP => 129, _ => 130 };
        (_stop.IsCancellationRequested ? _impatient : _stop).Cancel();
    }
}
