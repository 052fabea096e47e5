using Federation.Discovery;
using Federation.Discovery.Jobs;
using Federation.Discovery.Mirror;
using Federation.Discovery.Store;
using Federation.Proto.Records;

namespace Federation.MinerAgent.Jobs;

/// <summary>Taking offers. Driven by events alone: an offer, a free slot, a worker or a lease wakes it.</summary>
public sealed partial class JobSet
{
    private readonly Signal _claimable = new();
    private readonly Dictionary<string, Versioned<QueueRecord>> _offers = new(StringComparer.Ordinal);

    /// <summary>Workers or slots changed.</summary>
    public void WakeClaims() => _claimable.Raise();

    private async Task FollowOffersAsync(CancellationToken stop)
    {
        var prefix = _context.Board.Keys.Queue;
        var mirror = new RecordMirror<QueueRecord>(_context.Board.Store, prefix, _context.Time)
        {
            Random = _context.Random,
        };
        await foreach (var change in mirror.FollowAsync(stop))
        {
            lock (_gate)
            {
                Apply(change);
            }

            _claimable.Raise();
        }
    }

    private void Apply(MirrorEvent<QueueRecord> change)
    {
        switch (change)
        {
            case MirrorEvent<QueueRecord>.Snapshot snapshot:
                _offers.Clear();
                foreach (var (key, offer) in snapshot.Entries)
                {
                    _offers[key] = offer;
                }

                break;
            case MirrorEvent<QueueRecord>.Changed changed:
                _offers[changed.Key] = changed.Entry;
                break;
            case MirrorEvent<QueueRecord>.Deleted deleted:
                _offers.Remove(deleted.Key);
                break;
            case MirrorEvent<QueueRecord>.Invalid invalid:
                _offers.Remove(invalid.Key);
                Log.Invalid(_context.Logger, invalid.Key, invalid.Reason);
                break;
        }
    }

    private async Task ClaimLoopAsync(CancellationToken stop)
    {
        await Ready.InContext().WaitAsync(stop);
        for (var delay = _context.NewDelay(); ;)
        {
            var changed = _claimable.Next;
            if (Choose(out var wait) is not { } offer)
            {
                await changed.InContext().WaitAsync(stop);
                continue;
            }

            await Task.Delay(wait, _context.Time, stop);
            if (Reserve(offer) && !await TryClaimAsync(offer, stop))
            {
                await delay.WaitAsync(stop);
            }
            else
            {
                delay.Reset();
            }
        }
    }

    private Versioned<QueueRecord>? Choose(out TimeSpan wait)
    {
        var slots = _context.Scheduler.TotalSlots();
        var max = ClaimPolicy.MaxClaims(_context.Options.MaxClaims, slots);
        var held = Count;
        wait = ClaimPolicy.Delay(held, max, _context.Options.ClaimSpread, _context.Random.NextDouble());
        lock (_gate)
        {
            return held < max
                ? ClaimPolicy.Choose(
                    _offers.Values.Where(offer => !_held.ContainsKey(offer.Record.Sector)), _context.Me.Region, slots)
                : null;
        }
    }

    /// <summary>False when the offer went away during the wait.</summary>
    private bool Reserve(Versioned<QueueRecord> offer)
    {
        lock (_gate)
        {
            return _offers.TryGetValue(offer.Key, out var now) && now.ModRevision == offer.ModRevision
                && !_held.ContainsKey(offer.Record.Sector) && _claiming.Add(offer.Record.Sector);
        }
    }

    /// <summary>False when the store could not be asked.</summary>
    private async Task<bool> TryClaimAsync(Versioned<QueueRecord> offer, CancellationToken stop)
    {
        try
        {
            var lease = await _context.Leases.HeldAsync(stop);
            switch (await _context.Board.ClaimAsync(offer, _context.Me, lease, stop))
            {
                case ClaimResult.Won won:
                    Log.Claimed(_context.Logger, won.Job.Record.Sector, won.Job.Record.Epoch);
                    TakeUp(won, lease);
                    break;
                case ClaimResult.Lost lost:
                    Log.NotClaimed(_context.Logger, offer.Record.Sector, lost.Reason);
                    Forget(offer, lease);
                    break;
            }

            return true;
        }
        catch (Exception error) when (
            error is StoreUnavailableException or OutcomeUnknownException or InvalidRecordException)
        {
            Log.ClaimFailed(_context.Logger, offer.Record.Sector, error);
            return false;
        }
        finally
        {
            lock (_gate)
            {
                _claiming.Remove(offer.Record.Sector);
                TakeUp(offer.Record.Sector);
            }

            _context.Pool.JudgeStrangers();
        }
    }

    /// <summary>What was lost to another is out of sight until the mirror says something new of it.</summary>
    private void Forget(Versioned<QueueRecord> offer, ILease lease)
    {
        lock (_gate)
        {
            if (!lease.Lost.IsCancellationRequested && _offers.TryGetValue(offer.Key, out var now)
                && now.ModRevision == offer.ModRevision)
            {
                _offers.Remove(offer.Key);
            }
        }
    }
}
