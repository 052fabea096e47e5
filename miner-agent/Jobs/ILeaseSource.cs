using Federation.Discovery.Store;

namespace Federation.MinerAgent.Jobs;

/// <summary>The lease that this agent is registered under, whichever it is at the moment.</summary>
public interface ILeaseSource
{
    /// <summary>Waits until the agent is registered under a lease that is not lost, and returns it.</summary>
    Task<ILease> HeldAsync(CancellationToken cancellationToken);
}
