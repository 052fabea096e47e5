namespace Federation.MinerAgent.Scheduling;

/// <summary>
/// Gives phases to workers: slots per phase, memory, and Lotus's order of requests. A request that finds a free slot
/// is served at once; others wait until a slot, a worker or memory becomes free, and PC1 also until a worker's lanes
/// are filled. Thread-safe; no waiter is completed under the lock.
/// </summary>
/// <param name="laneWait">How long lanes wait for more sectors; null = 2 min.</param>
/// <param name="time">The clock; null = the system's.</param>
public sealed partial class SealScheduler(TimeSpan? laneWait = null, TimeProvider? time = null)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Seat> _seats = new(StringComparer.Ordinal);
    private readonly List<Waiter> _waiters = [];

    /// <summary>Raised after slots or workers changed, outside the lock.</summary>
    public event Action? Changed;

    /// <summary>Adds a worker or replaces what is known of it; it becomes available.</summary>
    public void Connect(WorkerCapacity capacity)
    {
        lock (_gate)
        {
            var seat = SeatOf(capacity.Id);
            seat.Capacity = capacity;
            seat.Connected = true;
        }

        Serve();
    }

    /// <summary>Takes a worker out of service; slots that it holds stay taken until they are given back.</summary>
    public void Disconnect(string worker)
    {
        lock (_gate)
        {
            if (_seats.TryGetValue(worker, out var seat))
            {
                seat.Connected = false;
                Forget(seat);
            }
        }

        Changed?.Invoke();
    }

    /// <summary>Waits for a worker that can run the phase now.</summary>
    public async Task<SlotLease> ReserveAsync(PhaseRequest request, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(request);
        lock (_gate)
        {
            _waiters.Add(waiter);
        }

        await using var due = DueTimer(waiter);
        await using var registration = cancellationToken.Register(() => Abandon(waiter, cancellationToken));
        Serve();
        return await waiter.Granted.Task;
    }

    /// <summary>Takes a slot of a worker for what it runs already; never waits, may exceed the slots.</summary>
    public SlotLease Occupy(string worker, PhaseRequest request)
    {
        lock (_gate)
        {
            return Take(SeatOf(worker), request, null);
        }
    }

    /// <summary>Slots per task code over all connected workers.</summary>
    public IReadOnlyDictionary<string, uint> TotalSlots()
    {
        lock (_gate)
        {
            var connected = _seats.Values.Where(seat => seat.Connected).ToList();
            return TaskCode.All
                .Select(code => (code, Sum: (uint)connected.Sum(seat => seat.Capacity!.SlotsOf(code))))
                .Where(pair => pair.Sum > 0)
                .ToDictionary(pair => pair.code, pair => pair.Sum, StringComparer.Ordinal);
        }
    }

    /// <summary>Number of connected workers.</summary>
    public int ConnectedWorkers()
    {
        lock (_gate)
        {
            return _seats.Values.Count(seat => seat.Connected);
        }
    }

    /// <summary>Requests that wait for a worker, most urgent first.</summary>
    public IReadOnlyList<PhaseRequest> Waiting()
    {
        lock (_gate)
        {
            return [.. _waiters.Select(waiter => waiter.Request).Order(PhaseRequest.ByUrgency)];
        }
    }

    /// <summary>Of those that wait, the ones that no connected worker runs, however long they wait.</summary>
    public IReadOnlyList<PhaseRequest> WaitingInVain()
    {
        lock (_gate)
        {
            return
            [
                .. _waiters.Select(waiter => waiter.Request)
                    .Where(request => !_seats.Values.Any(
                        seat => seat.Connected && seat.Capacity!.SlotsOf(request.Phase) > 0))
                    .Order(PhaseRequest.ByUrgency),
            ];
        }
    }

    private void Serve()
    {
        List<(Waiter Waiter, SlotLease Lease)> grants = [];
        lock (_gate)
        {
            foreach (var waiter in _waiters.OrderBy(waiter => waiter.Request, PhaseRequest.ByUrgency).ToList())
            {
                if (Choose(waiter.Request) is { } seat)
                {
                    _waiters.Remove(waiter);
                    grants.Add((waiter, Take(seat, waiter.Request, null)));
                }
            }

            grants.AddRange(FillLanes());
        }

        foreach (var (waiter, lease) in grants.Where(grant => !grant.Waiter.Granted.TrySetResult(grant.Lease)))
        {
            lease.Dispose();
        }

        Changed?.Invoke();
    }

    private Seat? Choose(PhaseRequest request)
    {
        var able = _seats.Values
            .Where(seat => seat.Connected && seat.Capacity!.SlotsOf(request.Phase) > 0)
            .ToList();
        var preferred = able.Where(seat => !request.Avoids(seat.Id)).ToList();
        return (preferred.Count > 0 ? preferred : able)
            .Where(seat => seat.Capacity!.LanesFor(request) == 0 && seat.HasRoom(request))
            .OrderBy(seat => seat.Taken.Count)
            .ThenBy(seat => seat.Id, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private SlotLease Take(Seat seat, PhaseRequest request, LaneGroup? lanes)
    {
        var lease = new SlotLease(seat.Id, request, lanes, Release);
        seat.Taken.Add(lease);
        return lease;
    }

    private void Release(SlotLease lease)
    {
        lock (_gate)
        {
            if (_seats.TryGetValue(lease.Worker, out var seat))
            {
                seat.Taken.Remove(lease);
                Forget(seat);
            }
        }

        Serve();
    }

    private void Abandon(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _waiters.Remove(waiter);
        }

        waiter.Granted.TrySetCanceled(cancellationToken);
    }

    private Seat SeatOf(string worker)
    {
        if (!_seats.TryGetValue(worker, out var seat))
        {
            _seats.Add(worker, seat = new Seat(worker));
        }

        return seat;
    }

    private void Forget(Seat seat)
    {
        if (!seat.Connected && seat.Taken.Count == 0)
        {
            _seats.Remove(seat.Id);
        }
    }

    private sealed class Waiter(PhaseRequest request)
    {
        public PhaseRequest Request { get; } = request;

        /// <summary>It has waited long enough for lanes to be filled.</summary>
        public bool IsDue { get; set; }

        public TaskCompletionSource<SlotLease> Granted { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Seat(string id)
    {
        public string Id { get; } = id;

        public WorkerCapacity? Capacity { get; set; }

        public bool Connected { get; set; }

        public List<SlotLease> Taken { get; } = [];

        /// <summary>
        /// A slot of the phase is free and so is its memory. A worker that runs nothing takes any phase: the prover
        /// bounds its memory by a setting, so a phase that asks for more than the machine has runs alone, not never.
        /// </summary>
        public bool HasRoom(PhaseRequest request)
        {
            if (Taken.Count(lease => lease.Request.Phase == request.Phase) >= Capacity!.PlainSlotsOf(request.Phase))
            {
                return false;
            }

            return HasMemory(request.MemoryBytes);
        }

        /// <summary>Nothing is in the lanes: a group is taken whole, so that lanes never part into single
        /// ones.</summary>
        public bool HasFreeLanes =>
            Connected && Capacity!.Lanes is not null
                && !Taken.Exists(static lease => lease.Request.Phase == TaskCode.PreCommit1);

        public bool HasMemory(ulong bytes)
        {
            var used = Taken.Aggregate(0UL, (sum, lease) => sum + lease.Request.MemoryBytes);
            return Taken.Count == 0 || Capacity!.MemoryBytes == 0 || used + bytes <= Capacity.MemoryBytes;
        }
    }
}
