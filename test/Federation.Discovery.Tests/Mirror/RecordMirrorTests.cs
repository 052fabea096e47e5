using System.Text;
using Federation.Discovery.Mirror;
using Federation.Discovery.Store;
using Federation.Discovery.Testing;
using Federation.Discovery.Tests.Support;
using Federation.Proto.Records;
using Event = Federation.Discovery.Mirror.MirrorEvent<Federation.Proto.Records.AgentRecord>;

namespace Federation.Discovery.Tests.Mirror;

public sealed class RecordMirrorTests
{
    private const string Prefix = "/federation/t01000/agents/";
    private readonly ManualTimeProvider _time = new();
    private readonly InMemoryStore _store;

    public RecordMirrorTests() => _store = new InMemoryStore(_time);

    [Fact]
    public async Task Follow_SnapshotThenChanges_InOrder()
    {
        await PutAsync("a", "north");
        await using var events = Follow();
        var snapshot = Assert.IsType<Event.Snapshot>(await events.NextAsync());
        Assert.Equal("north", snapshot.Entries[Prefix + "a"].Record.Region);
        Assert.Equal(_store.Revision, snapshot.Revision);

        var changed = await PutAsync("b", "south");
        await _store.TxnAsync(new StoreTxn([], [new DeleteOp(Prefix + "a")], []), CancellationToken.None);

        var b = Assert.IsType<Event.Changed>(await events.NextAsync());
        Assert.Equal((Prefix + "b", "south", changed), (b.Key, b.Entry.Record.Region, b.Entry.ModRevision));
        Assert.Equal(new Event.Deleted(Prefix + "a", changed + 1), await events.NextAsync());
    }

    [Fact]
    public async Task Follow_ChangeBetweenListAndWatch_IsNotMissed()
    {
        await using var events = Follow();
        Assert.IsType<Event.Snapshot>(await events.NextAsync());
        // The watch is not open yet: the enumerator stands at its first event.
        await PutAsync("a", "north");
        await PutAsync("a", "south");
        Assert.Equal("north", Assert.IsType<Event.Changed>(await events.NextAsync()).Entry.Record.Region);
        Assert.Equal("south", Assert.IsType<Event.Changed>(await events.NextAsync()).Entry.Record.Region);
    }

    [Fact]
    public async Task Follow_CompactedBehindItsBack_ListsAgain()
    {
        await using var events = Follow();
        await events.NextAsync();
        await PutAsync("a", "north");
        await PutAsync("a", "south");
        var last = await PutAsync("b", "south");
        await _store.CompactAsync(last, CancellationToken.None);
        var again = Assert.IsType<Event.Snapshot>(await events.NextAsync());
        Assert.Equal((2, last), (again.Entries.Count, again.Revision));
    }

    [Fact]
    public async Task Follow_UnreadableRecord_IsNamedAndTheOthersGoOn()
    {
        await PutAsync("good", "north");
        await PutRawAsync("bad", "{not json");
        await using var events = Follow();
        Assert.Single(Assert.IsType<Event.Snapshot>(await events.NextAsync()).Entries);
        Assert.Equal(Prefix + "bad", Assert.IsType<Event.Invalid>(await events.NextAsync()).Key);
        await PutRawAsync("good", "[]");
        Assert.Equal(Prefix + "good", Assert.IsType<Event.Invalid>(await events.NextAsync()).Key);
        await PutAsync("bad", "south");
        Assert.Equal("south", Assert.IsType<Event.Changed>(await events.NextAsync()).Entry.Record.Region);
    }

    [Fact]
    public async Task Follow_TimeToListAgain_SnapshotOnceMore()
    {
        await PutAsync("a", "north");
        await using var events = Follow();
        await events.NextAsync();
        var next = events.MoveNextAsync().AsTask();
        _time.Advance(TimeSpan.FromMinutes(7));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.True(await next.BoundAsync());
        Assert.IsType<Event.Snapshot>(events.Current);
    }

    [Fact]
    public async Task Follow_StoreNotReached_WaitsAndGoesOn()
    {
        _store.IsCutOff = true;
        await using var events = Follow();
        var next = events.MoveNextAsync().AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(next.IsCompleted);
        _store.IsCutOff = false;
        await Eventually.TrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            return Task.FromResult(next.IsCompleted);
        });
        Assert.IsType<Event.Snapshot>(events.Current);
    }

    [Fact]
    public async Task Follow_Cancelled_Throws()
    {
        using var stop = new CancellationTokenSource();
        await using var events = Follow(stop.Token);
        await events.NextAsync();
        var next = events.MoveNextAsync().AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.BoundAsync());
    }

    private IAsyncEnumerator<Event> Follow(CancellationToken stop = default) =>
        new RecordMirror<AgentRecord>(_store, Prefix, _time).FollowAsync(stop)
            .GetAsyncEnumerator(CancellationToken.None);

    private Task<long> PutAsync(string name, string region) => PutRawAsync(name, $$"""{"name":"{{name}}","region":"{{region}}"}""");

    private async Task<long> PutRawAsync(string name, string value)
    {
        var put = new PutOp(Prefix + name, Encoding.UTF8.GetBytes(value));
        return (await _store.TxnAsync(new StoreTxn([], [put], []), CancellationToken.None)).Revision;
    }
}
