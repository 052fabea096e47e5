using System.Collections.Concurrent;
using Federation.Chain.Devnet;
using Federation.Chain.Testing;
using Federation.Discovery;
using Federation.Discovery.Jobs;
using Federation.Discovery.Store;
using Federation.Discovery.Testing;
using Federation.Hosting;
using Federation.Miner.Host;
using Federation.Miner.Sectors;
using Federation.Miner.Shelf;
using Federation.Miner.Tests.Shelf;
using Federation.Proofs;
using Federation.Proto.Records;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Miner.Tests.Host;

public sealed class MinerRoleTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("role").FullName;
    private readonly InMemoryStore _store = new();
    private readonly FederationKeys _keys = new("t01000");
    private readonly FakeChain _chain = new(new DevnetOptions(), 1);
    private readonly ProofShelf _shelf;

    public MinerRoleTests() => _shelf = new ProofShelf(_folder, "t01000", TestKeys.None);

    public void Dispose()
    {
        _shelf.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Run_LeaseLost_WritesNothingOnTheOldTermAndTakesTheRoleAnew()
    {
        var told = new ConcurrentQueue<bool>();
        var role = Role("mine", told.Enqueue);
        using var stop = new CancellationTokenSource(Bound);
        var running = role.RunAsync(stop.Token);
        await role.Taken.WaitAsync(Bound);
        var old = role.Acting!;
        var leader = (await _store.RangeAsync(new RangeQuery(_keys.Leader), default)).Entries.Single();
        _store.ExpireLease(leader.LeaseId);

        Assert.False(await old.Writer.CreateAsync(1, NewSpec(), default));
        while (role.Term < 2 || role.Acting is null || told.Count < 3)
        {
            await Task.Delay(20, stop.Token);
        }

        Assert.False(await old.Writer.CreateAsync(1, NewSpec(), default));
        Assert.True(await role.Acting.Writer.CreateAsync(
            1, NewSpec(), default));
        Assert.Equal([true, false, true], told);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Bound));
    }

    [Fact]
    public async Task Run_AnotherRepositoryActs_IsRefusedWithARemedy()
    {
        var first = Role("mine");
        using var stop = new CancellationTokenSource(Bound);
        var running = first.RunAsync(stop.Token);
        await first.Taken.WaitAsync(Bound);
        var refused = await Assert.ThrowsAsync<OperatorException>(
            () => Role("another").RunAsync(stop.Token).WaitAsync(Bound));
        Assert.Contains("already run from another repository (mine", refused.Message, StringComparison.Ordinal);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Bound));
    }

    private SealSpec NewSpec() => SealSpecs.ForNew(SectorShape.FromSize(2048), 1000, _chain.Parameters);

    private MinerRole Role(string repository, Action<bool>? changed = null) => new(
        new JobBoard(_store, _keys), _chain, _shelf, new SectorIndex(_keys),
        new LeaderRecord { Miner = "t01000", RepositoryId = repository, Incarnation = Guid.NewGuid().ToString(),
            ServeAddress = "127.0.0.1:1" },
        TimeSpan.FromSeconds(30), GracePolicy.From(TimeSpan.FromMinutes(2)), NullLoggerFactory.Instance,
            TimeProvider.System)
    {
        ActingChanged = changed,
    };
}
