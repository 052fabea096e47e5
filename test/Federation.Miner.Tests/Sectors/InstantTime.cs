namespace Federation.Miner.Tests.Sectors;

/// <summary>A clock whose timers are due at once: back-offs cost nothing and change nothing.</summary>
internal sealed class InstantTime : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
}
