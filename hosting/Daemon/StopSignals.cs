using System.Runtime.InteropServices;

namespace Federation.Hosting.Daemon;

/// <summary>
/// The signals that ask a program to stop. The first cancels <see cref="Token"/>; what the second does depends on the
/// kind of program.
/// </summary>
public sealed class StopSignals : IDisposable
{
    private const int SigInt = 2;
    private const nint DefaultHandler = 0;

    private readonly CancellationTokenSource _stop = new(), _impatient = new();
    private readonly IReadOnlyList<PosixSignalRegistration> _registrations;
    private readonly bool _isSupervisor;

    private StopSignals(bool isSupervisor, params PosixSignal[] signals)
    {
        _isSupervisor = isSupervisor;
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Handle))];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Cancelled by the second signal, for a supervisor.</summary>
    public CancellationToken Impatient => _impatient.Token;

    /// <summary>The exit code by which shells know a program that the latest signal has stopped.</summary>
    public int ExitCode { get; private set; } = 130;

    /// <summary>For a command: Ctrl-C and SIGTERM, of which the second ends the process at once.</summary>
    public static StopSignals ForCommand() => new(isSupervisor: false, PosixSignal.SIGINT, PosixSignal.SIGTERM);

    /// <summary>
    /// For a program that must stop its children before it ends: Ctrl-C, SIGTERM and SIGHUP, none of which ends it.
    /// </summary>
    public static StopSignals ForSupervisor()
    {
        // A shell's script starts its background jobs with SIGINT ignored; who sends one to this program means it.
        _ = SetHandler(SigInt, DefaultHandler);
        return new StopSignals(isSupervisor: true, PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _stop.Dispose();
        _impatient.Dispose();
    }

    internal void Handle(PosixSignalContext context)
    {
        var isSecond = _stop.IsCancellationRequested;
        // A signal that is not cancelled here keeps its default effect, which is to end the process.
        context.Cancel = _isSupervisor || !isSecond;
        ExitCode = context.Signal switch { PosixSignal.SIGTERM => 143, PosixSignal.SIGHUP => 129, _ => 130 };
        try
        {
            (isSecond ? _impatient : _stop).Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The program is ending already, which is what the signal asks for.
        }
    }

    [DllImport("libc", EntryPoint = "signal", SetLastError = true)]
    private static extern nint SetHandler(int signal, nint handler);
}
