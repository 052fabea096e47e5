using System.Collections.Concurrent;
using Federation.Discovery.Testing;

namespace Federation.MinerAgent.Tests.Simulation;

/// <summary>
/// Runs asynchronous code on one thread under a clock that it moves itself: everything that can run runs before the
/// clock goes on. Nothing is left to the machine, so that the same scenario is the same run each time.
/// </summary>
internal sealed class SimLoop : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile string? _stranger;

    public ManualTimeProvider Time { get; } = new();

    public override void Post(SendOrPostCallback d, object? state)
    {
        // Whoever comes from elsewhere was not waited for: how far the clock had gone meanwhile was chance.
        if (Environment.CurrentManagedThreadId != _thread)
        {
            _stranger ??= Environment.StackTrace;
        }

        _queue.Enqueue((d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <summary>Runs a scenario; it must end within the given virtual time, and never leave this thread.</summary>
    public static void Run(Func<SimLoop, Task> scenario, TimeSpan limit)
    {
        var loop = new SimLoop();
        var before = Current;
        SetSynchronizationContext(loop);
        try
        {
            var task = scenario(loop);
            var step = TimeSpan.FromMilliseconds(250);
            for (var passed = TimeSpan.Zero; !loop.RunDry(task); passed += step)
            {
                Assert.True(passed < limit, $"the scenario did not end within {limit} of virtual time");
                loop.Time.Advance(step);
            }

            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public Task Delay(TimeSpan wait, CancellationToken cancellationToken = default) =>
        Task.Delay(wait, Time, cancellationToken);

    /// <summary>Waits until a condition holds, looking at it as the clock goes on.</summary>
    public async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            await Delay(TimeSpan.FromMilliseconds(250));
        }
    }

    /// <summary>Runs all that can run without the clock.</summary>
    private bool RunDry(Task task)
    {
        while (!task.IsCompleted && _queue.TryDequeue(out var work))
        {
            work.Callback(work.State);
        }

        Assert.True(_stranger is null, $"something was done by another thread, which nobody waits for: {_stranger}");
        return task.IsCompleted;
    }
}
