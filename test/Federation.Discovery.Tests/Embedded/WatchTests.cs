using System.Globalization;
using Federation.Discovery.Embedded;
using Federation.Discovery.Embedded.Watch;
using Federation.Discovery.Tests.Support;
using Federation.Proto.Etcd;

namespace Federation.Discovery.Tests.Embedded;

/// <summary>What a watch is told has no gap, whatever becomes durable while it is told.</summary>
public sealed class WatchTests
{
    /// <summary>
    /// A client goes on after the revision of a progress mark, so a mark ahead of what was told is a change lost.
    /// </summary>
    [Fact]
    public async Task Progress_WhileOthersWrite_IsNeverAheadOfWhatWasTold()
    {
        const int Writes = 3000, Marks = 20;
        var options = new EmbeddedStoreOptions { ProgressInterval = TimeSpan.FromTicks(1) };
        await using var store = await EmbeddedStore.OpenAsync(new FaultyFiles(), options);
        using var stream = store.OpenWatchStream();
        stream.Take(Create(start: 2, progress: true));
        var (last, marks) = (long.MaxValue, 0);
        var reading = Task.Run(() => ReadUntilAsync(stream, () => Volatile.Read(ref last),
            () => Interlocked.Increment(ref marks)));
        // However late the reader begins, the writes go on until it has met them: the race is run.
        for (var i = 0; (i < Writes || Volatile.Read(ref marks) <= Marks) && !reading.IsCompleted; i++)
        {
            await store.PutAsync("key", i.ToString(CultureInfo.InvariantCulture));
        }

        Volatile.Write(ref last, (await store.AllAsync()).Header.Revision);
        await store.PutAsync("key", "end");
        await reading.BoundAsync();
        Assert.True(marks > Marks, $"only {marks} marks: the race was not run");
    }

    [Fact]
    public async Task ProgressRequest_WatchOfACompactedRevision_IsToldOnceThatItIsOver()
    {
        await using var store = await EmbeddedStore.OpenAsync(new FaultyFiles());
        for (var i = 0; i < 3; i++)
        {
            await store.PutAsync("key", "value");
        }

        await store.CompactAsync(new CompactionRequest { Revision = 4 }).BoundAsync();
        using var stream = store.OpenWatchStream();
        stream.Take(Create(start: 2, progress: false));
        await Task.Run(() => stream.Take(new WatchRequest { ProgressRequest = new WatchProgressRequest() }))
            .BoundAsync();

        using var limit = new CancellationTokenSource(Wait.Limit);
        Assert.True((await stream.NextAsync(limit.Token)).Created);
        Assert.Equal(4, (await stream.NextAsync(limit.Token)).CompactRevision);
        var mark = await stream.NextAsync(limit.Token);
        Assert.Equal((-1, false), (mark.WatchId, mark.Canceled));
    }

    /// <summary>Reads past a revision, and says of each mark on the way.</summary>
    private static async Task ReadUntilAsync(WatchStream stream, Func<long> last, Action onMark)
    {
        using var limit = new CancellationTokenSource(Wait.Limit);
        var told = 1L;
        while (told <= last())
        {
            var response = await stream.NextAsync(limit.Token);
            foreach (var change in response.Events)
            {
                Assert.Equal(++told, change.Kv.ModRevision);
            }

            Assert.True(
                response.Created || response.Header.Revision <= told,
                $"a mark at {response.Header.Revision}, told up to {told}");
            if (!response.Created && response.Events.Count == 0)
            {
                onMark();
            }
        }
    }

    private static WatchRequest Create(long start, bool progress) => new()
    {
        CreateRequest = new WatchCreateRequest
        {
            Key = EmbeddedExtensions.AllKeys,
            RangeEnd = EmbeddedExtensions.AllKeys,
            StartRevision = start,
            ProgressNotify = progress,
        },
    };
}
