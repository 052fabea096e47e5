using System.Collections.Concurrent;
using Federation.Discovery.Testing;

namespace Federation.MinerAgent.Tests.Simulation;

/// <summary>
/// Runs asynchronous code on one thread under a clock that it moves itself: everything that can run runs before the
/// clock goes on.
/// </summary>
internal sealed class SimLoop : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _queue = new();

    public ManualTimeProvider Time { get; } = new();

    public override void Post(SendOrPostCallback d, object? state) => _queue.Enqueue((d, state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <summary>Runs a scenario; it must end within the given virtual time.</summary>
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

    /// <summary>Runs what can run without the clock; some completions take a way over the thread pool.</summary>
    private bool RunDry(Task task)
    {
        for (var quiet = 0; quiet < 2 && !task.IsCompleted; quiet++)
        {
            while (_queue.TryDequeue(out var work))
            {
                work.Callback(work.State);
                quiet = 0;
            }

            using var fence = new ManualResetEventSlim();
            ThreadPool.UnsafeQueueUserWorkItem(static fence => ((ManualResetEventSlim)fence!).Set(), fence);
            fence.Wait(TimeSpan.FromSeconds(10));
        }

        return task.IsCompleted;
    }
}
