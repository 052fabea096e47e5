using Federation.MinerAgent.Scheduling;
using Federation.Proto.Records;
using Federation.Testing;

namespace Federation.MinerAgent.Tests.Scheduling;

public sealed class SealSchedulerLanesTests
{
    private const ulong Size = 512UL << 20;

    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1), Wait = TimeSpan.FromMinutes(2);
    private static readonly LaneKind Kind = new("7", Size), Other = new("12", Size);

    private readonly ManualTime _time = new();
    private readonly SealScheduler _scheduler;

    public SealSchedulerLanesTests() => _scheduler = new SealScheduler(Wait, _time);

    [Fact]
    public async Task ReserveAsync_LanesFull_StartsAllAtOnceAsOneGroup()
    {
        Connect("w1", lanes: 4);
        var waiting = Reserve(1, 2, 3);
        AssertWaiting(1, 2, 3);

        var slots = await Task.WhenAll([.. waiting, .. Reserve(4)]).WaitAsync(Soon);

        Assert.All(slots, slot => Assert.Equal(("w1", 4u), (slot.Worker, slot.Lanes!.Count)));
        Assert.Single(slots.Select(slot => slot.Lanes!.Id).Distinct());
        Assert.All(slots, slot => Assert.Equal(2 * Size, slot.Request.MemoryBytes));
        Reserve(5);
        AssertWaiting(5);
    }

    [Fact]
    public async Task ReserveAsync_LanesNotFull_StartsWhoIsThereAfterTheWait()
    {
        Connect("w1", lanes: 4);
        var first = Reserve(1)[0];
        _time.Advance(Wait / 2);
        var second = Reserve(2)[0];
        _time.Advance((Wait / 2) - TimeSpan.FromSeconds(1));
        AssertWaiting(1, 2);

        _time.Advance(TimeSpan.FromSeconds(1));

        var slots = await Task.WhenAll(first, second).WaitAsync(Soon);
        Assert.All(slots, slot => Assert.Equal(2u, slot.Lanes!.Count));
        Assert.Equal(slots[0].Lanes, slots[1].Lanes);
    }

    [Fact]
    public async Task ReserveAsync_OneAloneAfterTheWait_RunsWithoutAGroup()
    {
        Connect("w1", lanes: 4);
        var only = Reserve(1)[0];
        _time.Advance(Wait);
        Assert.Null((await only.WaitAsync(Soon)).Lanes);
    }

    [Fact]
    public async Task ReserveAsync_MixedKinds_NeverShareAGroup()
    {
        Connect("w1", lanes: 2);
        Connect("w2", lanes: 2);
        var (mine, others) = (Reserve(1, 3), Reserve(Other, 2));
        AssertWaiting(2);
        others = [.. others, .. Reserve(Other, 4)];

        var group = await Task.WhenAll(mine).WaitAsync(Soon);
        var otherGroup = await Task.WhenAll(others).WaitAsync(Soon);

        Assert.Equal(group[0].Lanes, group[1].Lanes);
        Assert.Equal(otherGroup[0].Lanes, otherGroup[1].Lanes);
        Assert.NotEqual(group[0].Worker, otherGroup[0].Worker);
    }

    [Fact]
    public async Task ReserveAsync_KindThatIsDueBehindOneThatIsNot_Starts()
    {
        Connect("w1", lanes: 4);
        var other = Reserve(Other, 9)[0];
        _time.Advance(Wait / 2);
        Reserve(1);
        _time.Advance(Wait / 2);
        AssertWaiting(1);
        await other.WaitAsync(Soon);
    }

    [Fact]
    public async Task ReserveAsync_MemberOfARunningGroupEnds_LanesStayUntilAllHave()
    {
        Connect("w1", lanes: 2);
        var slots = await Task.WhenAll(Reserve(1, 2)).WaitAsync(Soon);
        var next = Reserve(3, 4);
        slots[0].Dispose();
        AssertWaiting(3, 4);
        slots[1].Dispose();
        await Task.WhenAll(next).WaitAsync(Soon);
    }

    [Fact]
    public async Task ReserveAsync_FreeSlotOfAWorkerWithoutLanes_IsTakenAtOnce()
    {
        Connect("w1", lanes: 4);
        Connect("w2", lanes: 0);
        var slot = await Reserve(1)[0].WaitAsync(Soon);
        Assert.Equal(("w2", null), (slot.Worker, slot.Lanes));
    }

    // Memory for 8 lanes holds groups of 8; for 7 it holds 4, since lanes come by 4, 8 and 16; for 3 none.
    [Theory]
    [InlineData(8, 8)]
    [InlineData(7, 4)]
    [InlineData(4, 4)]
    [InlineData(3, 0)]
    public async Task ReserveAsync_MemoryOfLanes_BoundsTheGroup(uint lanesThatFit, uint group)
    {
        Connect("w1", lanes: 16, lanesMemory: 2 * lanesThatFit * Size);
        var tasks = Reserve([.. Enumerable.Range(1, 8).Select(sector => (ulong)sector)]);
        var started = group == 0 ? 2 : (int)group;
        AssertWaiting([.. Enumerable.Range(started + 1, 8 - started).Select(sector => (ulong)sector)]);
        var slots = await Task.WhenAll(tasks[..started]).WaitAsync(Soon);
        Assert.All(slots, slot => Assert.Equal(group, slot.Lanes?.Count ?? 0));
    }

    [Fact]
    public async Task ReserveAsync_OtherWorkTakesTheMemory_WaitsForIt()
    {
        Connect("w1", lanes: 2, memory: 10 * Size);
        using var other = _scheduler.Occupy("w1", new PhaseRequest(9, "PC2", 3 * Size));
        var tasks = Reserve(1, 2);
        AssertWaiting(1, 2);
        other.Dispose();
        await Task.WhenAll(tasks).WaitAsync(Soon);
    }

    [Fact]
    public async Task ReserveAsync_LayersOnDisk_TakeTheMemoryOfOne()
    {
        Connect("w1", lanes: 2, lanesMemory: long.MaxValue, memory: 4 * Size);
        using var other = _scheduler.Occupy("w1", new PhaseRequest(9, "PC2", 3 * Size));
        var slots = await Task.WhenAll(Reserve(1, 2)).WaitAsync(Soon);
        Assert.All(slots, slot => Assert.Equal(Size / 2, slot.Request.MemoryBytes));
    }

    [Fact]
    public async Task Disconnect_WorkerLostAmidAGroup_EachGoesOnOnAnotherWorker()
    {
        Connect("w1", lanes: 2);
        var slots = await Task.WhenAll(Reserve(1, 2)).WaitAsync(Soon);
        _scheduler.Disconnect("w1");
        Array.ForEach(slots, slot => slot.Dispose());
        var retried = Reserve(1, 2, avoid: "w1");
        AssertWaiting(1, 2);

        Connect("w1", lanes: 2);
        await Task.WhenAll(retried).WaitAsync(Soon);
    }

    [Fact]
    public async Task ReserveAsync_WorkerFailedItBefore_GoesToAnotherWorker()
    {
        Connect("w1", lanes: 2);
        Connect("w2", lanes: 0);
        var busy = await Task.WhenAll(Reserve(8, 9)).WaitAsync(Soon);
        var retried = Reserve(1, 2, avoid: "w1");
        AssertWaiting(1, 2);
        busy[0].Dispose();
        Assert.Equal("w2", (await retried[0].WaitAsync(Soon)).Worker);
    }

    [Fact]
    public async Task ReserveAsync_CancelledWhileLanesFill_CountsNoMore()
    {
        Connect("w1", lanes: 3);
        using var cancel = new CancellationTokenSource();
        var leaving = _scheduler.ReserveAsync(Request(1, Kind), cancel.Token);
        var staying = Reserve(2)[0];
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving.WaitAsync(Soon));
        var third = Reserve(3)[0];
        AssertWaiting(2, 3);
        var slots = await Task.WhenAll(staying, third, Reserve(4)[0]).WaitAsync(Soon);
        Assert.Equal(3u, slots[0].Lanes!.Count);
    }

    [Fact]
    public async Task ReserveAsync_Served_LeavesNoTimer()
    {
        Connect("w1", lanes: 2);
        await Task.WhenAll(Reserve(1, 2)).WaitAsync(Soon);
        Assert.Null(_time.Next);
    }

    [Fact]
    public void TotalSlots_WorkerWithLanes_CountsThem()
    {
        Connect("w1", lanes: 8);
        Assert.Equal(8u, _scheduler.TotalSlots()["PC1"]);
    }

    [Fact]
    public void Of_Specs_TellsProofsAndGraphsApart()
    {
        Assert.Equal(Kind, LaneKind.Of(new SealSpec { SealProof = 7, SectorSize = Size }));
        Assert.Equal(
            LaneKind.Of(new SealSpec { PorepId = "aa", ApiVersion = "1.1", SectorSize = 4096 }),
            LaneKind.Of(new SealSpec { PorepId = "aa", ApiVersion = "1.1", SectorSize = 4096 }));
        Assert.NotEqual(
            LaneKind.Of(new SealSpec { PorepId = "aa", ApiVersion = "1.1", SectorSize = 4096 }),
            LaneKind.Of(new SealSpec { PorepId = "aa", ApiVersion = "1.2", SectorSize = 4096 }));
        Assert.Null(LaneKind.Of(null));
    }

    /// <summary>
    /// These sectors, and no others, were not granted a slot. A reservation's task tells it only later, since what
    /// awaits a grant runs by itself.
    /// </summary>
    private void AssertWaiting(params ulong[] sectors) =>
        Assert.Equal(sectors, _scheduler.Waiting().Select(request => request.Sector));

    private Task<SlotLease>[] Reserve(params ulong[] sectors) => Reserve(Kind, sectors);

    private Task<SlotLease>[] Reserve(LaneKind kind, params ulong[] sectors) =>
        [.. sectors.Select(sector => _scheduler.ReserveAsync(Request(sector, kind), CancellationToken.None))];

    private Task<SlotLease>[] Reserve(ulong first, ulong second, string avoid) =>
        [.. new[] { first, second }.Select(sector => _scheduler.ReserveAsync(
            Request(sector, Kind) with { Avoid = new HashSet<string> { avoid } }, CancellationToken.None))];

    private static PhaseRequest Request(ulong sector, LaneKind kind) => new(sector, "PC1", Size, Kind: kind);

    private void Connect(string id, uint lanes, ulong lanesMemory = 1UL << 60, ulong memory = 0) =>
        _scheduler.Connect(new WorkerCapacity(
        id,
        new HashSet<string> { "PC1" },
        new Dictionary<string, uint> { ["PC1"] = 2 },
        memory,
        lanes > 0 ? new LaneOffer(lanes, lanesMemory) : null));
}
