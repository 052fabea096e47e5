namespace Federation.MinerAgent.Scheduling;

// PC1 in lockstep: requests of one kind are gathered until a worker's lanes are full or one of them has waited enough.
public sealed partial class SealScheduler
{
    private static readonly TimeSpan DefaultLaneWait = TimeSpan.FromMinutes(2);

    private readonly TimeSpan _laneWait = laneWait ?? DefaultLaneWait;
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Ends a request's patience with lanes that do not fill; null where it can use none.</summary>
    private ITimer? DueTimer(Waiter waiter) => waiter.Request is { Phase: TaskCode.PreCommit1, Kind: not null }
        ? _time.CreateTimer(_ => Due(waiter), null, _laneWait, Timeout.InfiniteTimeSpan)
        : null;

    private void Due(Waiter waiter)
    {
        lock (_gate)
        {
            waiter.IsDue = true;
        }

        Serve();
    }

    private List<(Waiter Waiter, SlotLease Lease)> FillLanes()
    {
        List<(Waiter Waiter, SlotLease Lease)> grants = [];
        foreach (var seat in _seats.Values.Where(static seat => seat.HasFreeLanes)
            .OrderBy(seat => seat.Id, StringComparer.Ordinal))
        {
            if (ChooseGroup(seat) is { } members)
            {
                grants.AddRange(Take(seat, members));
                _waiters.RemoveAll(members.Contains);
            }
        }

        return grants;
    }

    /// <summary>The most urgent requests of one kind that are to start now; null where none are.</summary>
    private List<Waiter>? ChooseGroup(Seat seat) => _waiters
        .Where(waiter => seat.Capacity!.LanesFor(waiter.Request) > 0 && IsWelcome(seat, waiter.Request))
        .OrderBy(waiter => waiter.Request, PhaseRequest.ByUrgency)
        .GroupBy(waiter => waiter.Request.Kind)
        .Where(kind => kind.Count() >= seat.Capacity!.LanesFor(kind.First().Request)
            || kind.Any(static waiter => waiter.IsDue))
        .Select(kind => kind.Take((int)seat.Capacity!.LanesFor(kind.First().Request)).ToList())
        .FirstOrDefault(members => seat.HasMemory(MemoryOf(seat, members)));

    /// <summary>It did not fail here, or no other worker could ever run it.</summary>
    private bool IsWelcome(Seat seat, PhaseRequest request) => !request.Avoids(seat.Id)
        || !_seats.Values.Any(
            other => other.Connected && other.Capacity!.SlotsOf(request.Phase) > 0 && !request.Avoids(other.Id));

    private IEnumerable<(Waiter Waiter, SlotLease Lease)> Take(Seat seat, List<Waiter> members)
    {
        var share = MemoryOf(seat, members) / (ulong)members.Count;
        var lanes = members.Count > 1 ? new LaneGroup(Guid.NewGuid(), (uint)members.Count) : null;
        return [.. members.Select(waiter => (waiter, Take(seat, waiter.Request with { MemoryBytes = share }, lanes)))];
    }

    /// <summary>Two layers of each lane; what one PC1 takes where they may lie on a disk.</summary>
    private static ulong MemoryOf(Seat seat, List<Waiter> members) => members.Count == 1
        || seat.Capacity!.Lanes!.IsOnDisk
        ? members[0].Request.MemoryBytes
        : LaneOffer.LayerBytes((uint)members.Count, members[0].Request.Kind!.SectorSize);
}
