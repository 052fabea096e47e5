using Federation.Discovery.Testing;

namespace Federation.Discovery.Tests.Support;

/// <summary>
/// A client's clock. It goes on by itself at a pace of the test's choice, so that rests after failures end, but never
/// past a pause of the process; and a test moves it on where a time must have passed.
/// </summary>
internal sealed class PacedClock : TimeProvider, IAsyncDisposable
{
    /// <summary>A pace at which a test has all the time it needs.</summary>
    public const double Slow = 0.05;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private readonly ManualTimeProvider _time = new();
    private readonly PeriodicTimer _ticks = new(Step);
    private readonly Task _running;

    public PacedClock(double pace) => _running = RunAsync(pace);

    public override long TimestampFrequency => _time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _time.GetUtcNow();

    public override long GetTimestamp() => _time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _time.CreateTimer(callback, state, dueTime, period);

    public void Advance(TimeSpan by) => _time.Advance(by);

    public async ValueTask DisposeAsync()
    {
        _ticks.Dispose();
        await _running.BoundAsync();
    }

    private async Task RunAsync(double pace)
    {
        // Ticks that a pause has delayed come as one.
        while (await _ticks.WaitForNextTickAsync())
        {
            _time.Advance(Step * pace);
        }
    }
}
