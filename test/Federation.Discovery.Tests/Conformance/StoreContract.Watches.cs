using System.Globalization;
using Federation.Discovery.Store;
using Federation.Discovery.Tests.Support;

namespace Federation.Discovery.Tests.Conformance;

public abstract partial class StoreContract
{
    [StoreFact]
    public async Task Watch_FromARevision_TellsHistoryThenWhatHappens()
    {
        var first = await PutAsync("a", "1");
        await PutAsync("a", "2");
        await using var watch = Watch(_root, true, first + 1);
        var deleted = await TxnAsync(new DeleteOp(Key("a")), Put("b", "1"));

        var changes = await TakeAsync(watch, 3);

        Assert.Equal(["put a=2", "del a", "put b=1"], changes.Select(Describe));
        Assert.Equal([first + 1, deleted.Revision, deleted.Revision], changes.Select(static c => c.Entry.ModRevision));
    }

    [StoreFact]
    public async Task Watch_PrefixAndKey_TellOnlyTheirs()
    {
        var start = await PutAsync("x", "0");
        await using var prefix = Watch(Key("p/"), true, start + 1);
        await using var single = Watch(Key("p"), false, start + 1);
        await TxnAsync(Put("p", "1"), Put("p/a", "1"), Put("p0", "1"), Put("p/b", "1"), Put("o", "1"));

        Assert.Equal(["put p/a=1", "put p/b=1"], (await TakeAsync(prefix, 2)).Select(Describe));
        Assert.Equal(["put p=1"], (await TakeAsync(single, 1)).Select(Describe));
    }

    [StoreFact]
    public async Task Watch_OneTransaction_ComesAsAWhole()
    {
        var start = await PutAsync("x", "0");
        await using var watch = Watch(_root, true, start + 1);
        StoreOp[] puts = [.. Enumerable.Range(0, 100).Select(i => Put($"{i:D3}", "1"))];
        await TxnAsync(puts);

        var batch = await watch.NextAsync();

        Assert.Equal(100, batch.Changes.Count);
        Assert.Equal(start + 1, batch.Revision);
    }

    [StoreFact]
    public async Task Watch_EndOfALease_IsADeletion()
    {
        var lease = await Store.GrantLeaseAsync(TimeSpan.FromMinutes(5), None).BoundAsync();
        var start = await PutAsync("a", "1", lease.Id);
        await using var watch = Watch(_root, true, start + 1);
        await lease.DisposeAsync();
        Assert.Equal(["del a"], (await TakeAsync(watch, 1)).Select(Describe));
    }

    [StoreFact]
    public async Task Watch_CompactedRevision_SaysSo()
    {
        var first = await PutAsync("a", "1");
        var last = first;
        for (var i = 0; i < 5; i++)
        {
            last = await PutAsync("a", i.ToString(CultureInfo.InvariantCulture));
        }

        await Store.CompactAsync(last, None).BoundAsync();
        await using var watch = Watch(_root, true, first);
        var compacted = await Assert.ThrowsAsync<CompactedException>(() => watch.MoveNextAsync().AsTask().BoundAsync());
        Assert.Equal(last, compacted.CompactRevision);
        await using var after = Watch(_root, true, last + 1);
        await PutAsync("a", "after");
        Assert.Equal(["put a=after"], (await TakeAsync(after, 1)).Select(Describe));
    }

    [StoreFact]
    public async Task Watch_ManyOfThem_EachIsToldEverythingOnceInOrder()
    {
        const int Watches = 40;
        const int Writes = 60;
        var start = await PutAsync("x", "0");
        var watches = Enumerable.Range(0, Watches).Select(i => Watch(Key($"w{i % 4}/"), true, start + 1)).ToArray();
        for (var i = 0; i < Writes; i++)
        {
            await PutAsync($"w{i % 4}/k", i.ToString(CultureInfo.InvariantCulture));
        }

        for (var i = 0; i < Watches; i++)
        {
            var told = await TakeAsync(watches[i], Writes / 4);
            var expected = Enumerable.Range(0, Writes).Where(write => write % 4 == i % 4);
            Assert.Equal(expected.Select(static write => write.ToString(CultureInfo.InvariantCulture)),
                told.Select(static c => Text(c.Entry)));
            await watches[i].DisposeAsync();
        }
    }

    [StoreFact]
    public async Task Watch_Cancelled_EndsWithTheToken()
    {
        using var stop = new CancellationTokenSource();
        await using var watch = Store.WatchAsync(new WatchQuery(_root, true), stop.Token).GetAsyncEnumerator(None);
        var next = watch.MoveNextAsync().AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.BoundAsync());
    }

    private IAsyncEnumerator<WatchBatch> Watch(string key, bool isPrefix, long from) =>
        Store.WatchAsync(new WatchQuery(key, isPrefix, from), None).GetAsyncEnumerator(None);

    private static async Task<IReadOnlyList<WatchChange>> TakeAsync(IAsyncEnumerator<WatchBatch> watch, int count)
    {
        var changes = new List<WatchChange>();
        while (changes.Count < count)
        {
            changes.AddRange((await watch.NextAsync()).Changes);
        }

        Assert.Equal(count, changes.Count);
        return changes;
    }

    private string Describe(WatchChange change)
    {
        var name = change.Entry.Key[_root.Length..];
        return change.IsDelete ? $"del {name}" : $"put {name}={Text(change.Entry)}";
    }
}
