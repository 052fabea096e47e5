using System.Globalization;
using System.Text;
using Federation.Discovery.Store;
using Federation.Discovery.Tests.Support;

namespace Federation.Discovery.Tests.Conformance;

/// <summary>What <see cref="IStore"/> promises, on every backend.</summary>
public abstract partial class StoreContract(StoreFixture fixture)
{
    private readonly string _root = StoreFixture.NewKeys().Root;

    private static CancellationToken None => CancellationToken.None;

    private IStore Store { get; } = fixture.Store;

    [StoreFact]
    public async Task Txn_PutsAndDeletes_OneRevisionForAll()
    {
        await PutAsync("gone", "1");
        var before = await PutAsync("a", "1");

        var outcome = await TxnAsync(Put("a", "2"), Put("b", "1"), new DeleteOp(Key("gone")));

        Assert.True(outcome.Succeeded);
        Assert.Equal(before + 1, outcome.Revision);
        var all = await AllAsync();
        Assert.Equal(["a=2", "b=1"], Texts(all));
        Assert.All(all.Entries, entry => Assert.Equal(outcome.Revision, entry.ModRevision));
        Assert.Equal((before, 2, outcome.Revision, 1), (
            all.Entries[0].CreateRevision, all.Entries[0].Version, all.Entries[1].CreateRevision, all.Entries[1]
                .Version));
    }

    [StoreFact]
    public async Task Txn_KeyCreatedAgain_StartsAnew()
    {
        await PutAsync("a", "1");
        await PutAsync("a", "2");
        await TxnAsync(new DeleteOp(Key("a")));
        var revision = await PutAsync("a", "3");
        var entry = (await AllAsync()).Entries.Single();
        Assert.Equal((revision, revision, 1), (entry.CreateRevision, entry.ModRevision, entry.Version));
    }

    [StoreFact]
    public async Task Txn_NothingChanged_KeepsTheRevision()
    {
        var revision = await PutAsync("a", "1");
        Assert.Equal(revision, (await TxnAsync(new DeleteOp(Key("absent")))).Revision);
        Assert.Equal(revision, (await TxnAsync(new GetOp(Key("a")))).Revision);
    }

    [StoreFact]
    public async Task Txn_Refused_AppliesElseAndReads()
    {
        var revision = await PutAsync("a", "1");
        var txn = new StoreTxn(
            [Guard.Absent(Key("a"))], [Put("a", "2")], [new GetOp(Key("a")), new GetOp(Key("absent")), Put("b", "1")]);

        var outcome = await Store.TxnAsync(txn, None).BoundAsync();

        Assert.False(outcome.Succeeded);
        Assert.Equal([("a", revision)], outcome.Reads.OfType<StoreEntry>()
            .Select(e => (e.Key[_root.Length..], e.ModRevision)));
        Assert.Equal(2, outcome.Reads.Count);
        Assert.Null(outcome.Reads[1]);
        Assert.Equal(["a=1", "b=1"], Texts(await AllAsync()));
    }

    [StoreFact]
    public async Task Txn_ReadAfterItsOwnWrite_SeesIt()
    {
        var outcome = await TxnAsync(Put("a", "1"), new GetOp(Key("a")));
        Assert.Equal(("1", outcome.Revision), (Text(outcome.Reads.Single()!), outcome.Reads.Single()!.ModRevision));
    }

    [StoreFact]
    public async Task Txn_PrefixDelete_TakesThePrefixAndNothingElse()
    {
        await TxnAsync(Put("p", "0"), Put("p/", "1"), Put("p/a", "1"), Put("p/b/c", "1"), Put("p0", "1"));
        await TxnAsync(new DeleteOp(Key("p/"), IsPrefix: true));
        Assert.Equal(["p=0", "p0=1"], Texts(await AllAsync()));
    }

    [StoreFact]
    public async Task Txn_SameKeyTwice_IsRefusedAsABrokenContract()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => TxnAsync(Put("a", "1"), Put("a", "2")));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => TxnAsync(Put("a", "1"), new DeleteOp(Key("a"))));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => TxnAsync(new DeleteOp(_root, true), Put("a", "1")));
        Assert.Empty((await AllAsync()).Entries);
    }

    [StoreFact]
    public async Task Txn_MoreThan128Operations_IsRefused()
    {
        StoreOp[] puts = [.. Enumerable.Range(0, 129).Select(i => Put($"k{i:D3}", "1"))];
        await Assert.ThrowsAnyAsync<ArgumentException>(() => TxnAsync(puts));
        await TxnAsync(puts[1..]);
        Assert.Equal(128, (await AllAsync()).Entries.Count);
    }

    [StoreFact]
    public async Task Txn_UnknownLease_IsRefusedAndAppliesNothing()
    {
        var refusal = await Assert.ThrowsAsync<LeaseNotFoundException>(
            () => TxnAsync(Put("a", "1"), new PutOp(Key("b"), Bytes("1"), 0x123456789)));
        Assert.Equal(0x123456789, refusal.LeaseId);
        Assert.Empty((await AllAsync()).Entries);
    }

    [StoreFact]
    public async Task Range_MoreThanAPage_IsOneSnapshotWhileOthersWrite()
    {
        const int Keys = 1300;
        for (var first = 0; first < Keys; first += 100)
        {
            await TxnAsync([.. Enumerable.Range(first, 100).Select(i => Put($"{i:D5}", "0"))]);
        }

        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var writing = Task.Run(() => RaiseFirstAndLastAsync(Keys, begun, stop.Token));
        await begun.Task.BoundAsync();
        for (var round = 0; round < 10; round++)
        {
            var snapshot = await AllAsync();
            Assert.Equal(Keys, snapshot.Entries.Count);
            // A writer raises first and last key together: in one snapshot they are equal.
            Assert.Equal(Text(snapshot.Entries[0]), Text(snapshot.Entries[^1]));
            Assert.True(snapshot.Entries.Zip(snapshot.Entries.Skip(1)).All(
                static pair => string.CompareOrdinal(pair.First.Key, pair.Second.Key) < 0));
        }

        await stop.CancelAsync();
        await writing.BoundAsync();
    }

    [StoreFact]
    public async Task Range_AtOldRevision_ShowsWhatWasThen()
    {
        var first = await PutAsync("a", "1");
        await TxnAsync(Put("a", "2"), Put("b", "1"));
        await TxnAsync(new DeleteOp(Key("a")));
        var then = await Store.RangeAsync(new RangeQuery(_root, true, first), None).BoundAsync();
        Assert.Equal(["a=1"], Texts(then));
        Assert.Equal(["b=1"], Texts(await AllAsync()));
    }

    [StoreFact]
    public async Task Range_FutureRevision_IsABrokenContract()
    {
        var revision = await PutAsync("a", "1");
        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => Store.RangeAsync(new RangeQuery(_root, true, revision + 1_000_000), None).BoundAsync());
    }

    [StoreFact]
    public async Task Range_KeysOnly_LeavesValuesOut()
    {
        await PutAsync("a", "1");
        var keys = await Store.RangeAsync(new RangeQuery(_root, true, KeysOnly: true), None).BoundAsync();
        Assert.Equal((Key("a"), 0), (keys.Entries.Single().Key, keys.Entries.Single().Value.Length));
    }

    [StoreFact]
    public async Task Compact_OldRevision_IsGoneAndTheCompactedOneIsThere()
    {
        var first = await PutAsync("a", "1");
        var second = await PutAsync("a", "2");
        await Store.CompactAsync(second, None).BoundAsync();
        await Store.CompactAsync(second, None).BoundAsync();

        await Assert.ThrowsAsync<CompactedException>(
            () => Store.RangeAsync(new RangeQuery(Key("a"), Revision: first), None).BoundAsync());
        var there = await Store.RangeAsync(new RangeQuery(Key("a"), Revision: second), None).BoundAsync();
        Assert.Equal("2", Text(there.Entries.Single()));
    }

    private async Task RaiseFirstAndLastAsync(int keys, TaskCompletionSource begun, CancellationToken stop)
    {
        for (var round = 1; !stop.IsCancellationRequested; round++)
        {
            var value = round.ToString(CultureInfo.InvariantCulture);
            await TxnAsync(Put("00000", value), Put($"{keys - 1:D5}", value));
            begun.TrySetResult();
        }
    }

    private string Key(string name) => _root + name;

    private PutOp Put(string name, string value, long lease = 0) => new(Key(name), Bytes(value), lease);

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(StoreEntry entry) => Encoding.UTF8.GetString(entry.Value.Span);

    private IEnumerable<string> Texts(RangeSnapshot range) =>
        range.Entries.Select(entry => $"{entry.Key[_root.Length..]}={Text(entry)}");

    private async Task<long> PutAsync(string name, string value, long lease = 0) =>
        (await TxnAsync(Put(name, value, lease))).Revision;

    private Task<TxnOutcome> TxnAsync(params StoreOp[] ops) =>
        Store.TxnAsync(new StoreTxn([], ops, []), None).BoundAsync();

    private Task<RangeSnapshot> AllAsync() => Store.RangeAsync(new RangeQuery(_root, true), None).BoundAsync();
}
