namespace Federation.MinerAgent.Scheduling;

/// <summary>A slot of a worker, held until it is disposed.</summary>
public sealed class SlotLease : IDisposable
{
    private Action<SlotLease>? _release;

    internal SlotLease(string worker, PhaseRequest request, Action<SlotLease> release)
    {
        Worker = worker;
        Request = request;
        _release = release;
    }

    /// <summary>The worker's uuid.</summary>
    public string Worker { get; }

    /// <summary>What the slot was asked for.</summary>
    public PhaseRequest Request { get; }

    /// <summary>Gives the slot back. Idempotent.</summary>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke(this);
}
