using Federation.Discovery;
using Federation.Discovery.Mirror;
using Federation.Discovery.Store;
using Federation.MinerAgent.Jobs;
using Federation.Proto.Records;

namespace Federation.MinerAgent.Upstream;

/// <summary>Knows the acting miner, from the leader's record in the store. Thread-safe.</summary>
public sealed class LeaderWatch(IStore store, FederationKeys keys, TimeProvider time)
{
    private readonly Signal _changed = new();
    private volatile LeaderRecord? _leader;

    /// <summary>The acting miner; null while there is none.</summary>
    public LeaderRecord? Leader => _leader;

    /// <summary>Completes when the leader has changed.</summary>
    public Task Changed => _changed.Next;

    /// <summary>The sector size of the last leader known; 0 before the first.</summary>
    public ulong SectorSize { get; private set; }

    /// <summary>Follows the record until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await foreach (var change in new RecordMirror<LeaderRecord>(store, keys.Leader, time, isPrefix: false)
            .FollowAsync(stop))
        {
            switch (change)
            {
                case MirrorEvent<LeaderRecord>.Snapshot snapshot:
                    Set(snapshot.Entries.Values.FirstOrDefault()?.Record);
                    break;
                case MirrorEvent<LeaderRecord>.Changed changed:
                    Set(changed.Entry.Record);
                    break;
                case MirrorEvent<LeaderRecord>.Deleted:
                    Set(null);
                    break;
            }
        }
    }

    /// <summary>Waits for a leader.</summary>
    public async Task<LeaderRecord> FindAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = Changed;
            if (_leader is { } leader)
            {
                return leader;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private void Set(LeaderRecord? leader)
    {
        SectorSize = leader?.SectorSize ?? SectorSize;
        _leader = leader;
        _changed.Raise();
    }
}
