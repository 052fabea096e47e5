using System.Runtime.InteropServices;
using Federation.Hosting.Daemon;

namespace Federation.Hosting.Tests.Daemon;

public sealed class StopSignalsTests
{
    [Fact]
    public void Handle_CommandsSecondSignal_KeepsItsDefaultEffect()
    {
        using var signals = StopSignals.ForCommand();
        Assert.False(signals.Token.IsCancellationRequested);

        Assert.True(Send(signals, PosixSignal.SIGINT));
        Assert.True(signals.Token.IsCancellationRequested);
        Assert.False(Send(signals, PosixSignal.SIGINT));
    }

    [Fact]
    public void Handle_SupervisorsSecondSignal_IsImpatienceAndEndsNothing()
    {
        using var signals = StopSignals.ForSupervisor();

        Assert.True(Send(signals, PosixSignal.SIGHUP));
        Assert.Equal((true, false, 129), (
            signals.Token.IsCancellationRequested, signals.Impatient.IsCancellationRequested, signals.ExitCode));
        Assert.True(Send(signals, PosixSignal.SIGTERM));
        Assert.Equal((true, 143), (signals.Impatient.IsCancellationRequested, signals.ExitCode));
        Assert.True(Send(signals, PosixSignal.SIGINT));
    }

    [Fact]
    public void Handle_WhenDisposed_DoesNotThrowIntoTheSignalsThread()
    {
        var signals = StopSignals.ForCommand();
        signals.Dispose();

        Assert.True(Send(signals, PosixSignal.SIGTERM));
    }

    /// <summary>Whether the signal's default effect was held back.</summary>
    private static bool Send(StopSignals signals, PosixSignal signal)
    {
        var context = new PosixSignalContext(signal);
        signals.Handle(context);
        return context.Cancel;
    }
}
