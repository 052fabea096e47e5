namespace Federation.Worker.Tests;

/// <summary>
/// The system's clock with timers that take twenty times as long: no limit of a few seconds passes because the machine
/// stands still.
/// </summary>
internal sealed class PatientTime : TimeProvider
{
    private const int Slowness = 20;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new SlowTimer(base.CreateTimer(callback, state, Slow(dueTime), Slow(period)));

    private static TimeSpan Slow(TimeSpan time) => time > TimeSpan.Zero ? time * Slowness : time;

    private sealed class SlowTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Slow(dueTime), Slow(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
