using Federation.MinerAgent.Scheduling;

namespace Federation.MinerAgent.Workers;

/// <summary>One attempt on one worker. It holds its slot until it ends. Thread-safe.</summary>
public sealed class PhaseRun
{
    private readonly TaskCompletionSource<PhaseEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SlotLease _slot;
    private HeardProgress? _progress;

    internal PhaseRun(TaskKey key, string taskId, SlotLease slot, long startedTimestamp, DateTimeOffset started)
    {
        Key = key;
        TaskId = taskId;
        _slot = slot;
        StartedTimestamp = startedTimestamp;
        Started = started;
    }

    /// <summary>What runs.</summary>
    public TaskKey Key { get; }

    /// <summary>The name that agent and worker use for it; the worker's word after a restart.</summary>
    public string TaskId { get; internal set; }

    /// <summary>The worker's uuid.</summary>
    public string Worker => _slot.Worker;

    /// <summary>Completes once, when the worker has answered or the run is lost.</summary>
    public Task<PhaseEnd> Ended => _ended.Task;

    /// <summary>When it was assigned (or found again), by the monotonic clock.</summary>
    public long StartedTimestamp { get; }

    /// <summary>When it was assigned, by the wall clock: shown, never compared.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>Last progress heard; null before the first.</summary>
    public HeardProgress? Progress
    {
        get => Volatile.Read(ref _progress);
        internal set => Volatile.Write(ref _progress, value);
    }

    internal CancellationTokenSource? Grace { get; set; }

    internal bool End(PhaseEnd end)
    {
        if (!_ended.TrySetResult(end))
        {
            return false;
        }

        _slot.Dispose();
        return true;
    }
}
