using System.Globalization;
using Federation.Discovery.Embedded;
using Federation.Discovery.Tests.Support;
using Federation.Journal;
using Federation.Proto.Etcd;
using Federation.Proto.Transport;

namespace Federation.Discovery.Tests.Embedded;

/// <summary>No acknowledged write is lost, whatever the disk does with what was not synced.</summary>
public sealed class DurabilityTests
{
    [Fact]
    public async Task Open_LastRecordTornAtEveryByte_KeepsWhatWasAcknowledged()
    {
        var (disk, acknowledged) = await DiskWithUnacknowledgedTailAsync();
        var tail = disk.VolatileBytes();
        Assert.True(tail > 40);
        for (var keep = 0; keep < tail; keep++)
        {
            await AssertKeepsAsync(disk.AfterPowerLoss(rest => rest[..keep]), acknowledged, isWhole: false);
            await AssertKeepsAsync(disk.AfterPowerLoss(rest => Zeroed(rest, keep)), acknowledged, isWhole: false);
            await AssertKeepsAsync(disk.AfterPowerLoss(rest => Flipped(rest, keep)), acknowledged, isWhole: false);
        }

        await AssertKeepsAsync(disk.AfterPowerLoss(static rest => rest), acknowledged, isWhole: true);
    }

    [Fact]
    public async Task Open_AnyBitFlippedBeforeTheLastRecord_RefusesWithFileOffsetAndRemedy()
    {
        var disk = new FaultyFiles();
        await using (var store = await EmbeddedStore.OpenAsync(disk))
        {
            for (var i = 0; i < 4; i++)
            {
                await store.PutAsync("key", i.ToString(CultureInfo.InvariantCulture));
            }
        }

        var name = disk.Names().Single();
        var bytes = disk.Read(name);
        var lastRecord = LastFrameAt(bytes);
        for (var at = 0; at < lastRecord; at++)
        {
            var damaged = disk.With(name, Flipped(bytes, at));
            var refusal = await Assert.ThrowsAsync<StoreFolderException>(() => EmbeddedStore.OpenAsync(damaged));
            Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
            Assert.Contains("damaged at byte", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("backup", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(Flipped(bytes, at), damaged.Read(name));
        }
    }

    [Fact]
    public async Task Open_SnapshotDamagedOrCutAnywhere_Refuses()
    {
        var disk = new FaultyFiles();
        await using (var store = await EmbeddedStore.OpenAsync(disk))
        {
            await store.PutAsync("a", "1");
            await store.SnapshotAsync().BoundAsync();
        }

        var name = disk.Names().Single(static n => n.StartsWith("snapshot", StringComparison.Ordinal));
        var bytes = disk.Read(name);
        for (var at = 0; at < bytes.Length; at++)
        {
            await Assert.ThrowsAsync<StoreFolderException>(
                () => EmbeddedStore.OpenAsync(disk.With(name, Flipped(bytes, at))));
            await Assert.ThrowsAsync<StoreFolderException>(() => EmbeddedStore.OpenAsync(disk.With(name, bytes[..at])));
        }
    }

    /// <summary>What is too large to be read back is never written, in the log as in snapshots.</summary>
    [Fact]
    public async Task Snapshot_ManyGreatValues_IsWrittenInPartsThatCanBeReadBack()
    {
        const int ValueBytes = 1024 * 1024;
        var disk = new FaultyFiles();
        await using (var store = await EmbeddedStore.OpenAsync(disk))
        {
            for (var i = 0; i < 12; i++)
            {
                await store.PutAsync($"key{i}", new string((char)('a' + i), ValueBytes));
            }

            await store.CompactAsync(new CompactionRequest { Revision = 7 }).BoundAsync();
            await store.SnapshotAsync().BoundAsync();
        }

        var snapshot = disk.Read(
            disk.Names().Single(static name => name.StartsWith("snapshot", StringComparison.Ordinal)));
        for (var at = 0; at < snapshot.Length;)
        {
            Assert.True(Frame.TryRead(snapshot.AsSpan(at), out var frame));
            Assert.InRange(frame.Payload.Length, 0, 5 * ValueBytes);
            at += frame.TotalBytes;
        }

        await using var again = await EmbeddedStore.OpenAsync(disk);
        Assert.Equal(12, (await again.AllAsync()).Kvs.Count);
        Assert.Throws<IOException>(() => Frame.Encode(1, new byte[Frame.MaxPayloadBytes + 1]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Open_DiskFailedAtAnyOperation_KeepsWhatWasAcknowledged(int seed)
    {
        for (var failFrom = 1; failFrom < 120; failFrom++)
        {
            var random = new Random((seed * 1000) + failFrom);
            var disk = new FaultyFiles { FailFrom = failFrom };
            var acknowledged = await WorkUntilFailureAsync(disk, random);
            var after = disk.AfterPowerLoss(rest => Damaged(rest, random));
            await using var store = await EmbeddedStore.OpenAsync(after);
            foreach (var (key, value) in acknowledged)
            {
                var found = int.Parse(await store.GetAsync(key) ?? "-1", CultureInfo.InvariantCulture);
                Assert.True(found >= value, $"{key}: {found} < {value} (seed {seed}, failure at operation {failFrom})");
            }
        }
    }

    [Fact]
    public async Task Write_SyncFails_IsNotAcknowledgedAndStopsTheStore()
    {
        var disk = new FaultyFiles();
        await using var store = await EmbeddedStore.OpenAsync(disk);
        await store.PutAsync("a", "1");
        disk.FailFrom = disk.Operations + 2;

        var failed = await Assert.ThrowsAsync<RpcException>(() => store.PutAsync("a", "2"));

        Assert.Equal(StatusCode.Unavailable, failed.StatusCode);
        Assert.NotNull(await store.Stopped.BoundAsync());
        disk.FailFrom = 0;
        await Assert.ThrowsAsync<RpcException>(() => store.PutAsync("a", "3"));
        await Assert.ThrowsAsync<RpcException>(() => store.GetAsync("a"));
    }

    [Fact]
    public async Task Open_AfterRestartOnDisk_HasEverythingAndAFurtherTerm()
    {
        using var folder = new TemporaryFolder();
        RangeResponse before;
        await using (var store = await EmbeddedStore.OpenAsync(folder.Path))
        {
            await store.PutAsync("a", "1");
            await store.PutAsync("a", "2");
            await store.SnapshotAsync().BoundAsync();
            await store.PutAsync("b", "1");
            before = await store.AllAsync();
        }

        await using var again = await EmbeddedStore.OpenAsync(folder.Path);
        var after = await again.AllAsync();
        Assert.Equal(before.Kvs, after.Kvs);
        Assert.Equal(
            (before.Header.ClusterId, before.Header.MemberId, before.Header.Revision, before.Header.RaftTerm + 1),
            (after.Header.ClusterId, after.Header.MemberId, after.Header.Revision, after.Header.RaftTerm));
    }

    private static async Task<(
        FaultyFiles Disk, Dictionary<string, string> Acknowledged)> DiskWithUnacknowledgedTailAsync()
    {
        var disk = new FaultyFiles();
        var acknowledged = new Dictionary<string, string>();
        await using var store = await EmbeddedStore.OpenAsync(disk);
        for (var i = 0; i < 10; i++)
        {
            await store.PutAsync($"key{i % 3}", $"value{i}");
            acknowledged[$"key{i % 3}"] = $"value{i}";
        }

        disk.FailFrom = disk.Operations + 2; // the append succeeds, its sync does not
        await Assert.ThrowsAsync<RpcException>(() => store.PutAsync("torn", "never acknowledged"));
        return (disk, acknowledged);
    }

    private static async Task AssertKeepsAsync(FaultyFiles disk, Dictionary<string, string> acknowledged, bool isWhole)
    {
        await using (var store = await EmbeddedStore.OpenAsync(disk))
        {
            var kvs = (await store.AllAsync()).Kvs;
            Assert.Equal(
                acknowledged,
                kvs.Where(static kv => kv.Key.ToStringUtf8() != "torn")
                    .ToDictionary(static kv => kv.Key.ToStringUtf8(), static kv => kv.Value.ToStringUtf8()));
            Assert.Equal(isWhole, kvs.Count > acknowledged.Count);
            await store.PutAsync("after", "1");
        }

        await using var again = await EmbeddedStore.OpenAsync(disk);
        Assert.Equal("1", await again.GetAsync("after"));
    }

    private static async Task<Dictionary<string, int>> WorkUntilFailureAsync(FaultyFiles disk, Random random)
    {
        var acknowledged = new Dictionary<string, int>();
        try
        {
            await using var store = await EmbeddedStore.OpenAsync(disk);
            for (var i = 0; i < 40; i++)
            {
                var key = $"key{random.Next(5)}";
                await store.PutAsync(key, i.ToString(CultureInfo.InvariantCulture));
                acknowledged[key] = i;
                if (random.Next(8) == 0)
                {
                    await store.SnapshotAsync().BoundAsync();
                }

                if (random.Next(10) == 0)
                {
                    await store.CompactAsync(new CompactionRequest { Revision = i + 2 }).BoundAsync();
                }
            }
        }
        catch (Exception e) when (e is RpcException or IOException)
        {
            Assert.True(disk.FailFrom > 0 && disk.Operations >= disk.FailFrom, e.ToString());
        }

        return acknowledged;
    }

    private static byte[] Damaged(byte[] rest, Random random) => random.Next(3) switch
    {
        0 => rest[..random.Next(rest.Length + 1)],
        1 => rest.Length == 0 ? rest : Flipped(rest, random.Next(rest.Length)),
        _ => new byte[rest.Length],
    };

    private static byte[] Zeroed(byte[] bytes, int from) => [.. bytes[..from], .. new byte[bytes.Length - from]];

    private static byte[] Flipped(byte[] bytes, int at)
    {
        byte[] copy = [.. bytes];
        copy[at] ^= 0x10;
        return copy;
    }

    private static int LastFrameAt(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (Frame.TryRead(bytes[at..], out var frame) && at + frame.TotalBytes < bytes.Length)
        {
            at += frame.TotalBytes;
        }

        return at;
    }
}
