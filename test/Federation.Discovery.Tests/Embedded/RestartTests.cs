using System.Globalization;
using Federation.Discovery.Embedded;
using Federation.Discovery.Testing;
using Federation.Discovery.Tests.Support;
using Federation.Proto.Etcd;

namespace Federation.Discovery.Tests.Embedded;

/// <summary>A restart, with or without snapshots, arrives at the same state.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Open_RandomHistoryWithSnapshots_SameKeysHistoryAndLeases()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var disk = new FaultyFiles();
        for (var round = 0; round < 12; round++)
        {
            await using var store = await EmbeddedStore.OpenAsync(disk);
            await ChangeAsync(store, random);
            var before = await DescribeAsync(store);
            await store.DisposeAsync();
            await using var again = await EmbeddedStore.OpenAsync(disk);
            Assert.True(before == await DescribeAsync(again), $"round {round}, seed {seed}");
        }
    }

    [Fact]
    public async Task Open_LeaseHalfUsed_HasItsFullTimeAgainAndThenEnds()
    {
        var time = new ManualTimeProvider();
        var options = new EmbeddedStoreOptions { TimeProvider = time };
        var disk = new FaultyFiles();
        long lease;
        await using (var store = await EmbeddedStore.OpenAsync(disk, options))
        {
            lease = (await store.LeaseGrantAsync(new LeaseGrantRequest { TTL = 10 }).BoundAsync()).ID;
            await store.PutAsync("leased", "1", lease);
            time.Advance(TimeSpan.FromSeconds(6));
            Assert.Equal(4, (await TimeToLiveAsync(store, lease)).TTL);
        }

        await using var again = await EmbeddedStore.OpenAsync(disk, options);
        var left = await TimeToLiveAsync(again, lease);
        Assert.Equal((10, "leased"), (left.TTL, left.Keys.Single().ToStringUtf8()));
        time.Advance(TimeSpan.FromSeconds(11));
        await Eventually.TrueAsync(async () => await again.GetAsync("leased") is null);
        Assert.Equal(-1, (await TimeToLiveAsync(again, lease)).TTL);
    }

    [Fact]
    public async Task SnapshotIfLong_ManyWrites_KeepsTheLogShort()
    {
        const long MostBytes = 400 * 1024;
        using var folder = new TemporaryFolder();
        var options = new EmbeddedStoreOptions { SnapshotLogBytes = 64 * 1024 };
        var writes = 0;
        await using (var store = await EmbeddedStore.OpenAsync(folder.Path, options))
        {
            while (writes < 200)
            {
                await WriteLongAsync(store, writes++);
            }

            // A snapshot is written beside the writes, on a busy machine behind them: they go on until it is there.
            await Eventually.TrueAsync(async () =>
            {
                await WriteLongAsync(store, writes++);
                return SizeOf(folder) <= MostBytes;
            });
        }

        Assert.InRange(SizeOf(folder), 1, MostBytes);
        await using var again = await EmbeddedStore.OpenAsync(folder.Path);
        Assert.EndsWith($"x{writes - 1}", await again.GetAsync("key"), StringComparison.Ordinal);
    }

    private static async Task WriteLongAsync(EmbeddedStore store, int number)
    {
        var put = await store.PutAsync("key", new string('x', 4096) + number.ToString(CultureInfo.InvariantCulture));
        await store.CompactAsync(new CompactionRequest { Revision = put.Header.Revision }).BoundAsync();
    }

    private static long SizeOf(TemporaryFolder folder)
    {
        try
        {
            return new DirectoryInfo(folder.Path).EnumerateFiles().Sum(static file => file.Length);
        }
        catch (FileNotFoundException)
        {
            // A log was deleted between its name and its length.
            return long.MaxValue;
        }
    }

    private static Task<LeaseTimeToLiveResponse> TimeToLiveAsync(EmbeddedStore store, long lease) =>
        store.LeaseTimeToLiveAsync(new LeaseTimeToLiveRequest { ID = lease, Keys = true }).BoundAsync();

    private static async Task ChangeAsync(EmbeddedStore store, Random random)
    {
        for (var i = 0; i < 20; i++)
        {
            var key = $"key{random.Next(6)}";
            switch (random.Next(6))
            {
                case 0:
                    await store.DeleteAsync(key);
                    break;
                case 1:
                    await store.SnapshotAsync().BoundAsync();
                    break;
                case 2:
                    var lease = await store.LeaseGrantAsync(new LeaseGrantRequest { TTL = 1000 }).BoundAsync();
                    await store.PutAsync(key, "leased", lease.ID);
                    break;
                case 3 when await OldestLeaseAsync(store) is { } oldest && random.Next(2) == 0:
                    await store.LeaseRevokeAsync(new LeaseRevokeRequest { ID = oldest }).BoundAsync();
                    break;
                case 4 when random.Next(4) == 0:
                    var now = (await store.AllAsync()).Header.Revision;
                    await CompactAsync(store, now - random.Next(10));
                    break;
                default:
                    await store.PutAsync(key, random.Next().ToString(CultureInfo.InvariantCulture));
                    break;
            }
        }
    }

    private static async Task CompactAsync(EmbeddedStore store, long revision)
    {
        try
        {
            await store.CompactAsync(new CompactionRequest { Revision = revision }).BoundAsync();
        }
        catch (Proto.Transport.RpcException e) when (e.StatusCode == Proto.Transport.StatusCode.OutOfRange)
        {
            Assert.Contains("has been compacted", e.Status.Detail, StringComparison.Ordinal);
        }
    }

    private static async Task<long?> OldestLeaseAsync(EmbeddedStore store) =>
        (await store.LeaseLeasesAsync().BoundAsync()).Leases.FirstOrDefault()?.ID;

    /// <summary>Keys at every readable revision, all that a watch can see, and the leases with their keys.</summary>
    private static async Task<string> DescribeAsync(EmbeddedStore store)
    {
        var lines = new List<string>();
        var all = await store.AllAsync();
        for (var revision = all.Header.Revision; revision > 0; revision--)
        {
            try
            {
                lines.Add($"{revision}: {(await store.AllAsync(revision)).Kvs}");
            }
            catch (Proto.Transport.RpcException e) when (e.StatusCode == Proto.Transport.StatusCode.OutOfRange)
            {
                lines.Add($"compacted before {revision + 1}");
                lines.AddRange((await store.HistoryAsync(revision + 1)).Select(static change => change.ToString()));
                break;
            }
        }

        foreach (var lease in (await store.LeaseLeasesAsync().BoundAsync()).Leases.OrderBy(static l => l.ID))
        {
            var left = await TimeToLiveAsync(store, lease.ID);
            lines.Add($"{lease.ID} {left.GrantedTTL} {left.Keys}");
        }

        return string.Join('\n', lines);
    }
}
