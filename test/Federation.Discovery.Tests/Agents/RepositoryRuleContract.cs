using Federation.Discovery.Agents;
using Federation.Discovery.Jobs;
using Federation.Discovery.Leader;
using Federation.Discovery.Mirror;
using Federation.Discovery.Store;
using Federation.Discovery.Tests.Support;
using Federation.Proto.Records;

namespace Federation.Discovery.Tests.Agents;

/// <summary>Whose name it is: the registry's and the leader's rule, on every backend.</summary>
public abstract class RepositoryRuleContract(StoreFixture fixture)
{
    private readonly FederationKeys _keys = StoreFixture.NewKeys();

    private static CancellationToken None => CancellationToken.None;

    private IStore Store { get; } = fixture.Store;

    [StoreFact]
    public async Task Register_NewAgent_HangsOnItsLease()
    {
        var registry = new AgentRegistry(Store, _keys);
        var lease = await LeaseAsync();
        var registered = Assert.IsType<RegisterResult.Registered>(
            await RegisterAsync(registry, Agent("a", "one"), lease));
        Assert.Equal((lease.Id, 1U), (registered.Agent.LeaseId, registered.Agent.Record.Version));
        await lease.DisposeAsync();
        Assert.Empty((await Store.RangeAsync(new RangeQuery(_keys.Agents, true), None).BoundAsync()).Entries);
    }

    [StoreFact]
    public async Task Register_SameRepositoryAgain_ReplacesItsKeyAtOnceOnTheNewLease()
    {
        var registry = new AgentRegistry(Store, _keys);
        var old = await LeaseAsync();
        await using var fresh = await LeaseAsync();
        await RegisterAsync(registry, Agent("a", "one"), old);
        var again = Assert.IsType<RegisterResult.Registered>(
            await RegisterAsync(registry, Agent("a", "one", "second"), fresh));
        await old.DisposeAsync();
        var there = await Store.RangeAsync(new RangeQuery(_keys.Agent("a")), None).BoundAsync();
        Assert.Equal((again.Agent.ModRevision, fresh.Id),
            (there.Entries.Single().ModRevision, there.Entries.Single().LeaseId));
    }

    [StoreFact]
    public async Task Register_AnotherRepositoryOfTheName_IsRefusedInOneSentence()
    {
        var registry = new AgentRegistry(Store, _keys);
        await using var lease = await LeaseAsync();
        await using var other = await LeaseAsync();
        await RegisterAsync(registry, Agent("a", "one"), lease);
        var refused = Assert.IsType<RegisterResult.Refused>(await RegisterAsync(registry, Agent("a", "two"), other));
        Assert.Contains("'a'", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("one", refused.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Reason);
    }

    [StoreFact]
    public async Task Update_OwnRecord_IsFollowedAndAnOldOneIsRefused()
    {
        var registry = new AgentRegistry(Store, _keys);
        await using var lease = await LeaseAsync();
        var first = Assert.IsType<RegisterResult.Registered>(await RegisterAsync(registry, Agent("a", "one"), lease))
            .Agent;
        await using var events = registry.FollowAsync(None).GetAsyncEnumerator(None);
        Assert.IsType<MirrorEvent<AgentRecord>.Snapshot>(await events.NextAsync());
        var next = first.Record.Clone();
        next.Workers = 3;

        var updated = await registry.UpdateAsync(first, next, lease, None).BoundAsync();

        Assert.Equal(3U, Assert.IsType<RegisterResult.Registered>(updated).Agent.Record.Workers);
        Assert.Equal(3U, Assert.IsType<MirrorEvent<AgentRecord>.Changed>(await events.NextAsync())
            .Entry.Record.Workers);
        next.Workers = 4;
        Assert.IsType<RegisterResult.Refused>(await registry.UpdateAsync(first, next, lease, None).BoundAsync());
    }

    [StoreFact]
    public async Task Acquire_AgainAndAgain_TermGrowsByOneAcrossLeases()
    {
        for (var term = 1UL; term <= 3; term++)
        {
            var lease = await LeaseAsync();
            var result = await AcquireAsync("one", $"start{term}", lease);
            Assert.Equal(term, result.Leadership!.Term);
            if (term == 2)
            {
                await lease.DisposeAsync();
            }
        }
    }

    [StoreFact]
    public async Task Acquire_AnotherRepository_IsRefusedUntilTheLeaseEnds()
    {
        var lease = await LeaseAsync();
        await using var other = await LeaseAsync();
        Assert.NotNull((await AcquireAsync("one", "start1", lease)).Leadership);
        var refused = await AcquireAsync("two", "start2", other);
        Assert.Null(refused.Leadership);
        Assert.Contains("another repository (one", refused.Reason, StringComparison.Ordinal);
        await lease.DisposeAsync();
        Assert.Equal(2UL, (await AcquireAsync("two", "start2", other)).Leadership!.Term);
    }

    [StoreFact]
    public async Task Fence_OfADeposedMiner_RefusesItsChanges()
    {
        var board = new JobBoard(Store, _keys);
        var lease = await LeaseAsync();
        await using var fresh = await LeaseAsync();
        var old = (await AcquireAsync("one", "start1", lease)).Leadership!;
        var change = board.Register(BoardExtensions.Offer(1));
        var now = (await AcquireAsync("one", "start2", fresh)).Leadership!;
        Assert.False(await board.TryCommitAsync(old.Fence + change));
        Assert.True(await board.TryCommitAsync(now.Fence + change));
        await lease.DisposeAsync();
    }

    private static AgentRecord Agent(string name, string repository, string incarnation = "first") =>
        new() { Name = name, Region = "north", RepositoryId = repository, Incarnation = incarnation };

    private static Task<RegisterResult> RegisterAsync(AgentRegistry registry, AgentRecord agent, ILease lease) =>
        registry.RegisterAsync(agent, lease, None).BoundAsync();

    private Task<LeadershipResult> AcquireAsync(string repository, string incarnation, ILease lease)
    {
        var candidate = new LeaderRecord { Miner = "t01000", RepositoryId = repository, Incarnation = incarnation };
        return Leadership.AcquireAsync(Store, _keys, candidate, lease, None).BoundAsync();
    }

    private Task<ILease> LeaseAsync() => Store.GrantLeaseAsync(TimeSpan.FromMinutes(2), None).BoundAsync();
}

[Collection(InMemorySuite.Name)]
public sealed class InMemoryRepositoryRuleTests(InMemoryFixture fixture) : RepositoryRuleContract(fixture);

[Collection(EmbeddedSuite.Name)]
public sealed class EmbeddedRepositoryRuleTests(EmbeddedFixture fixture) : RepositoryRuleContract(fixture);

[RequiresEtcd]
[Collection(EtcdSuite.Name)]
public sealed class EtcdRepositoryRuleTests(EtcdFixture fixture) : RepositoryRuleContract(fixture);
