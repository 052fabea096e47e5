namespace Federation.Testing;

/// <summary>
/// A clock that stands still until a test moves it; timers fire within <see cref="Advance"/>, in order.
/// </summary>
public sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private TimeSpan _elapsed;
    private TaskCompletionSource _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Fire time of the next timer, from the clock's start; null when none is armed.</summary>
    public TimeSpan? Next
    {
        get
        {
            lock (_gate)
            {
                return _timers.Min(static timer => timer.Due);
            }
        }
    }

    /// <summary>Ends once a timer is armed: whoever it drives has finished its step.</summary>
    public Task ArmedAsync()
    {
        lock (_gate)
        {
            return _timers.Any(static timer => timer.Due is not null) ? Task.CompletedTask : _armed.Task;
        }
    }

    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
            {
                return _elapsed;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        lock (_gate)
        {
            _timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var target = Elapsed + by;
        while (true)
        {
            Timer? due;
            lock (_gate)
            {
                due = _timers.Where(timer => timer.Due <= target).MinBy(static timer => timer.Due);
                var to = due?.Due is { } at && at > _elapsed ? at : due is null ? target : _elapsed;
                _now += to - _elapsed;
                _elapsed = to;
                due?.Rearm();
            }

            if (due is null)
            {
                return;
            }

            due.Fire();
        }
    }

    /// <summary>Sets the wall clock, not the monotonic one.</summary>
    public void SetWallClock(TimeSpan by)
    {
        lock (_gate)
        {
            _now += by;
        }
    }

    private sealed class Timer(ManualTime owner, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public TimeSpan? Due { get; private set; }

        public void Rearm() => Due = _period > TimeSpan.Zero ? Due + _period : null;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._gate)
            {
                _period = period;
                Due = dueTime < TimeSpan.Zero ? null : owner._elapsed + dueTime;
                if (Due is not null)
                {
                    owner._armed.TrySetResult();
                    owner._armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (owner._gate)
            {
                Due = null;
                owner._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
