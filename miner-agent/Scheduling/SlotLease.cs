namespace Federation.MinerAgent.Scheduling;

/// <summary>A slot of a worker, held until it is disposed.</summary>
public sealed class SlotLease : IDisposable
{
    private Action<SlotLease>? _release;

    internal SlotLease(string worker, PhaseRequest request, LaneGroup? lanes, Action<SlotLease> release)
    {
        Worker = worker;
        Request = request;
        Lanes = lanes;
        _release = release;
    }

    /// <summary>The worker's uuid.</summary>
    public string Worker { get; }

    /// <summary>What the slot was asked for.</summary>
    public PhaseRequest Request { get; }

    /// <summary>The sectors that it shares the worker's lanes with; null = it runs alone.</summary>
    public LaneGroup? Lanes { get; }

    /// <summary>Gives the slot back. Idempotent.</summary>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke(this);
}
