using System.Collections.Concurrent;
using Federation.Discovery.Agents;
using Federation.Discovery.Mirror;
using Federation.Proto.Records;

namespace Federation.Miner.Host;

/// <summary>The agents that are registered, as the store's watch tells it. Thread-safe.</summary>
internal sealed class AgentIndex(AgentRegistry registry)
{
    private readonly ConcurrentDictionary<string, AgentRecord> _agents = new(StringComparer.Ordinal);

    private volatile bool _isListed;

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<AgentRecord> All =>
        [.. _agents.Values.OrderBy(static agent => agent.Name, StringComparer.Ordinal)];

    /// <summary>The same, null until the store has been asked for the first time.</summary>
    public IReadOnlyList<AgentRecord>? Known => _isListed ? All : null;

    /// <summary>Follows until the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await foreach (var change in registry.FollowAsync(stop))
        {
            switch (change)
            {
                case MirrorEvent<AgentRecord>.Snapshot snapshot:
                    foreach (var gone in _agents.Keys.Except(snapshot.Entries.Keys))
                    {
                        _agents.TryRemove(gone, out _);
                    }

                    foreach (var (key, entry) in snapshot.Entries)
                    {
                        _agents[key] = entry.Record;
                    }

                    _isListed = true;
                    break;
                case MirrorEvent<AgentRecord>.Changed changed:
                    _agents[changed.Key] = changed.Entry.Record;
                    break;
                case MirrorEvent<AgentRecord>.Deleted deleted:
                    _agents.TryRemove(deleted.Key, out _);
                    break;
            }
        }
    }
}
