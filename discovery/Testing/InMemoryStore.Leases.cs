using Federation.Discovery.Store;

namespace Federation.Discovery.Testing;

public sealed partial class InMemoryStore
{
    private readonly Dictionary<long, Lease> _leases = [];
    private long _nextLease = 1000;

    /// <inheritdoc/>
    public Task<ILease> GrantLeaseAsync(TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfCutOff();
        lock (_lock)
        {
            var lease = new Lease(this, ++_nextLease, timeToLive);
            _leases.Add(lease.Id, lease);
            return Task.FromResult<ILease>(lease);
        }
    }

    /// <summary>
    /// From now on the lease's keepalive does not get through: its holder learns of it at 2/3 of the time to live, and
    /// the store drops its keys at the end of it, by the clock.
    /// </summary>
    public void StopKeepAlive(long leaseId) => FindLease(leaseId).StopKeepAlive(_time);

    /// <summary>Ends a lease at once: its keys go and its holder is told.</summary>
    public void ExpireLease(long leaseId)
    {
        var lease = FindLease(leaseId);
        EndLease(leaseId);
        lease.MarkLost();
    }

    private Lease FindLease(long leaseId)
    {
        lock (_lock)
        {
            return _leases.TryGetValue(leaseId, out var lease) ? lease : throw new LeaseNotFoundException(leaseId);
        }
    }

    private void EndLease(long leaseId)
    {
        lock (_lock)
        {
            if (!_leases.Remove(leaseId))
            {
                return;
            }

            string[] keys =
                [.. _entries.Values.Where(entry => entry.LeaseId == leaseId).Select(static entry => entry.Key)];
            if (keys.Length > 0)
            {
                Apply(new StoreTxn([], [.. keys.Select(static key => new DeleteOp(key))], []));
            }
        }
    }

    private sealed class Lease(InMemoryStore store, long id, TimeSpan timeToLive) : ILease
    {
        private readonly CancellationTokenSource _lost = new();
        private readonly List<ITimer> _timers = [];

        public long Id { get; } = id;

        public CancellationToken Lost => _lost.Token;

        public void MarkLost() => _lost.Cancel();

        public void StopKeepAlive(TimeProvider time)
        {
            _timers.Add(time.CreateTimer(_ => MarkLost(), null, timeToLive * 2 / 3, Timeout.InfiniteTimeSpan));
            _timers.Add(time.CreateTimer(_ => store.EndLease(Id), null, timeToLive, Timeout.InfiniteTimeSpan));
        }

        public ValueTask DisposeAsync()
        {
            _timers.ForEach(static timer => timer.Dispose());
            MarkLost();
            store.EndLease(Id);
            return ValueTask.CompletedTask;
        }
    }
}
