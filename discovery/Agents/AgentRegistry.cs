using Federation.Discovery.Mirror;
using Federation.Discovery.Store;
using Federation.Proto.Records;

namespace Federation.Discovery.Agents;

/// <summary>
/// Which agents live. An agent's record hangs on its lease; its name belongs to the repository that registered it:
/// the same repository replaces its own record at once, another one is refused. Thread-safe.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="keys">The keys that the agents live under.</param>
/// <param name="time">Clock of the back-off; null = the system's.</param>
/// <param name="random">Source of the back-off's jitter; null = the shared one.</param>
public sealed class AgentRegistry(
    IStore store, FederationKeys keys, TimeProvider? time = null, Random? random = null)
{
    private const uint RecordVersion = 1;
    private readonly RepositoryKey<AgentRecord> _key = new(
        store, static agent => agent.RepositoryId, time, random);

    /// <summary>Writes the agent's record on the lease.</summary>
    /// <exception cref="StoreUnavailableException">Not registered, or it shows at the next attempt.</exception>
    /// <exception cref="LeaseNotFoundException">The lease has ended: nothing was written.</exception>
    public async Task<RegisterResult> RegisterAsync(
        AgentRecord agent, ILease lease, CancellationToken cancellationToken)
    {
        var record = agent.Clone();
        record.Version = RecordVersion;
        var taken = await _key.TakeAsync(keys.Agent(agent.Name), record, lease, cancellationToken);
        return taken.Mine is { } mine
            ? new RegisterResult.Registered(mine)
            : new RegisterResult.Refused(
                $"Agent name '{agent.Name}' is in use by another repository ({taken.Other?.Record.RepositoryId}) "
                + $"in region '{taken.Other?.Record.Region}': give this agent another name or stop the other one.");
    }

    /// <summary>Replaces the agent's own record, e.g. when its workers changed; unknown members are kept.</summary>
    /// <exception cref="StoreUnavailableException">
    /// Not written, or it shows when the agent is registered again.
    /// </exception>
    /// <exception cref="LeaseNotFoundException">The lease has ended: nothing was written.</exception>
    public async Task<RegisterResult> UpdateAsync(
        Versioned<AgentRecord> seen, AgentRecord next, ILease lease, CancellationToken cancellationToken)
    {
        var record = next.Clone();
        record.Version = RecordVersion;
        var mine = await _key.ReplaceAsync(seen, record, lease, cancellationToken);
        return mine is null
            ? new RegisterResult.Refused(
                $"Agent '{next.Name}' is no longer registered on this lease: register it again.")
            : new RegisterResult.Registered(mine);
    }

    /// <summary>Follows all agents.</summary>
    public RecordMirror<AgentRecord> Mirror() => new(store, keys.Agents, time);

    /// <summary>Follows all agents from now on.</summary>
    public IAsyncEnumerable<MirrorEvent<AgentRecord>> FollowAsync(CancellationToken cancellationToken) =>
        Mirror().FollowAsync(cancellationToken);
}
