using Federation.MinerAgent.Scheduling;

namespace Federation.MinerAgent.Tests.Scheduling;

public sealed class SealSchedulerTests
{
    private readonly SealScheduler _scheduler = new();

    [Fact]
    public async Task ReserveAsync_IdleWorker_IsServedAtOnce()
    {
        Connect("w1", ("PC1", 1));
        using var slot = await Reserve(1, "PC1").WaitAsync(Soon);
        Assert.Equal("w1", slot.Worker);
    }

    [Fact]
    public async Task ReserveAsync_SlotsTaken_WaitsForOneToBeGivenBack()
    {
        Connect("w1", ("PC1", 1));
        var first = await Reserve(1, "PC1").WaitAsync(Soon);
        var second = Reserve(2, "PC1");
        AssertWaiting(2);
        first.Dispose();
        first.Dispose();
        Assert.Equal("w1", (await second.WaitAsync(Soon)).Worker);
        _ = Reserve(3, "PC1");
        AssertWaiting(3);
    }

    [Fact]
    public async Task ReserveAsync_SeveralWait_ServesByLotusOrderThenSector()
    {
        var tasks = new[] { (9UL, "AP"), (8UL, "PC1"), (3UL, "C1"), (7UL, "FIN"), (2UL, "PC1") }
            .Select(want => Reserve(want.Item1, want.Item2)).ToArray();
        Assert.Equal(["FIN", "C1", "PC1", "PC1", "AP"], _scheduler.Waiting().Select(request => request.Phase));
        Connect("w1", ("AP", 1), ("PC1", 1), ("C1", 1), ("FIN", 1));
        var served = await Task.WhenAll(tasks[0], tasks[2], tasks[3], tasks[4]).WaitAsync(Soon);
        Assert.All(served, slot => Assert.Equal("w1", slot.Worker));
        AssertWaiting(8);
    }

    [Fact]
    public async Task ReserveAsync_MemoryTaken_WaitsUnlessTheWorkerRunsNothing()
    {
        Connect("w1", 100, ("PC1", 5));
        var first = await Reserve(1, "PC1", 160).WaitAsync(Soon);
        var second = Reserve(2, "PC1", 10);
        AssertWaiting(2);
        first.Dispose();
        await second.WaitAsync(Soon);
        await Reserve(3, "PC1", 90).WaitAsync(Soon);
        _ = Reserve(4, "PC1", 1);
        AssertWaiting(4);
    }

    [Fact]
    public async Task ReserveAsync_WorkerFailedItBefore_GoesToAnotherAndOnlyWithoutAnyToTheSame()
    {
        Connect("w1", ("PC1", 2));
        Assert.Equal("w1", (await Reserve(1, "PC1", avoid: "w1").WaitAsync(Soon)).Worker);
        Connect("w2", ("PC1", 1));
        Assert.Equal("w2", (await Reserve(2, "PC1", avoid: "w1").WaitAsync(Soon)).Worker);
        _ = Reserve(3, "PC1", avoid: "w1");
        AssertWaiting(3);
    }

    [Fact]
    public async Task ReserveAsync_Cancelled_TakesNoSlotLater()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = _scheduler.ReserveAsync(new PhaseRequest(1, "PC1", 1), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Soon));
        Connect("w1", ("PC1", 1));
        await Reserve(2, "PC1").WaitAsync(Soon);
    }

    [Fact]
    public async Task Disconnect_WorkerWithTask_KeepsItsSlotForItsReturn()
    {
        Connect("w1", ("PC1", 1));
        var slot = await Reserve(1, "PC1").WaitAsync(Soon);
        _scheduler.Disconnect("w1");
        Assert.Empty(_scheduler.TotalSlots());
        Connect("w1", ("PC1", 1));
        var second = Reserve(2, "PC1");
        AssertWaiting(2);
        slot.Dispose();
        await second.WaitAsync(Soon);
    }

    [Fact]
    public void TotalSlots_TwoWorkers_SumsWhatEachRuns()
    {
        Connect("w1", ("PC1", 2), ("AP", 1));
        Connect("w2", ("PC1", 3));
        Assert.Equal(5u, _scheduler.TotalSlots()["PC1"]);
        Assert.Equal(1u, _scheduler.TotalSlots()["AP"]);
        Assert.False(_scheduler.TotalSlots().ContainsKey("C1"));
    }

    /// <summary>These sectors, and no others, were not granted a slot.</summary>
    private void AssertWaiting(params ulong[] sectors) =>
        Assert.Equal(sectors, _scheduler.Waiting().Select(request => request.Sector));

    private static TimeSpan Soon => TimeSpan.FromMinutes(1);

    private Task<SlotLease> Reserve(ulong sector, string phase, ulong memory = 1, string? avoid = null) =>
        _scheduler.ReserveAsync(
            new PhaseRequest(sector, phase, memory, Avoid: avoid is null ? null : new HashSet<string> { avoid }),
            CancellationToken.None);

    private void Connect(string id, params (string Phase, uint Count)[] slots) => Connect(id, 0, slots);

    private void Connect(string id, ulong memory, params (string Phase, uint Count)[] slots) =>
        _scheduler.Connect(new WorkerCapacity(
        id, slots.Select(slot => slot.Phase).ToHashSet(), slots.ToDictionary(slot => slot.Phase, slot => slot.Count),
        memory));
}
