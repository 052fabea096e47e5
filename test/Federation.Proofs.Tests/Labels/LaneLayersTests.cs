using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Federation.Proofs.Graph;
using Federation.Proofs.Labels;

namespace Federation.Proofs.Tests.Labels;

public sealed class LaneLayersTests : IDisposable
{
    private const string Layer1 = "1bf69a6fe5759b70c144834118600572a6d58f0af5c523442b500b9baf94a57c";
    private const string Layer2 = "e1dd95be51f6a40c6854377bdea925d22fe19d9cdba4747be9385aa8057b696c";

    private static readonly Bytes32 Known = Bytes32.FromHex(
        "d63b5981e6957c3d06d8ed3b8947dbc23e4123601dcfc586a33cbab557d62008");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // One group and more of each width, full and not.
    [Theory]
    [InlineData(4, 1, 1)]
    [InlineData(4, 5, 2)]
    [InlineData(8, 8, 1)]
    [InlineData(16, 3, 2)]
    [InlineData(16, 16, 1)]
    public void Build_AnyLanes_EachSectorHasItsOwnLayers(int lanes, int count, int threads)
    {
        var sectors = Sectors(count);
        Build(SealConfig.FromRegistered(5), sectors, lanes, threads);

        Assert.All(sectors, sector => Assert.Null(sector.Failure));
        Assert.Equal((Layer1, Layer2), (Digest(count - 1, 1), Digest(count - 1, 2)));
        for (var i = 0; i < count; i++)
        {
            AssertAsAlone(SealConfig.FromRegistered(5), i, count);
        }
    }

    [Fact]
    public void Build_32KiBApi10_IsTheReferencesLayers()
    {
        var poRepId = Bytes32.FromHex(string.Concat(Enumerable.Repeat("7f", 32)));
        var sector = Sector(0, Bytes32.FromHex("12483caeaac75f53aebc42850d0d91c0e3b0f0e48ff17eafe70068e92dcf0f28"));
        Build(SealConfig.Create(32768, poRepId, ApiVersion.V1_0, PoRepFeature.Interactive), [sector], 4, 1);

        Assert.Equal("deb1a2bfc862e0b65cdf29d851b646ffb6914141d0a0226499b9a3301f4cac36", Digest(0, 1));
        Assert.Equal("32f86ad62686f46d199c3e98fb8cb18b7e01a1f46fc78a89f6faab4ff651be00", Digest(0, 2));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Build_8MiBWidestLanes_IsTheReferencesLayers()
    {
        var config = SealConfig.FromRegistered(6);
        var replicaId = ReplicaId.Compute(
            ProverId.FromActorId(1000),
            106,
            Bytes32.FromHex("7ebe59b0465bdaa1cb4df74fc6b4dbbba549e0e37ad0b95f036c23d3cf83212b"),
            Bytes32.FromHex("0f5ddd03d6f35e8bd70c2a5c60e569e0682267268243a88f2c579c9d774eb502"),
            config.PoRepId);
        Build(config, [Sector(0, default), Sector(1, replicaId)], LaneHasher.WidestLanes, 2);

        Assert.Equal("08c4db81ffcf4f1ca6ecabd0148cf9620ee3fb4f624ab5e64d9dd8768ebc344b", Digest(1, 1));
        Assert.Equal("131183b4913b70d07d705a900019b44461b6150187b54f62f78b6e77a3e6dca8", Digest(1, 2));
    }

    [Fact]
    public void Build_SectorsAtDifferentLayers_EachGoesOnFromItsOwn()
    {
        var config = SealConfig.FromRegistered(5);
        Build(config, Sectors(3), 4, 1);
        File.Delete(Path(0, CacheFiles.Layer(2)));
        File.Delete(Path(1, CacheFiles.Layer(1)));
        File.Delete(Path(1, CacheFiles.Layer(2)));
        var kept = new[] { Path(0, CacheFiles.Layer(1)), Path(2, CacheFiles.Layer(1)), Path(2, CacheFiles.Layer(2)) };
        var past = File.GetLastWriteTimeUtc(kept[0]).AddDays(-1);
        Array.ForEach(kept, path => File.SetLastWriteTimeUtc(path, past));

        Build(config, Sectors(3), 4, 1);

        Assert.All(kept, path => Assert.Equal(past, File.GetLastWriteTimeUtc(path)));
        for (var i = 0; i < 3; i++)
        {
            AssertAsAlone(config, i, 3);
        }
    }

    // The upper layer is there, the lower is not: the lower is made alone, in lanes that have nothing else to do.
    [Fact]
    public void Build_LowerLayerLost_IsMadeAnew()
    {
        var config = SealConfig.FromRegistered(5);
        Build(config, Sectors(2), 4, 1);
        File.Delete(Path(1, CacheFiles.LayerMark(1)));
        File.Delete(Path(0, CacheFiles.LayerMark(2)));

        Build(config, Sectors(2), 4, 1);

        Assert.Equal((Layer1, Layer2), (Digest(1, 1), Digest(1, 2)));
        AssertAsAlone(config, 0, 2);
        Assert.Equal(4, Directory.GetFiles(_folder["0"]).Length);
    }

    [Fact]
    public void Build_OneSectorsFolderIsGone_TheOthersAreMade()
    {
        var sectors = Sectors(3);
        Directory.Delete(_folder["0"], recursive: true);
        Build(SealConfig.FromRegistered(5), sectors, 4, 1);

        Assert.IsType<DirectoryNotFoundException>(sectors[0].Failure);
        Assert.Equal((Layer1, Layer2), (Digest(2, 1), Digest(2, 2)));
        AssertAsAlone(SealConfig.FromRegistered(5), 1, 3);
    }

    [Fact]
    public void Build_OneSectorCancelled_TheOthersAreMade()
    {
        using var cancelled = new CancellationTokenSource();
        var sectors = new[] { Sector(0, default, cancelled.Token), Sector(1, Known) };
        void CancelInSecondLayer(string stage, double fraction)
        {
            if (stage == "layer 2/2")
            {
                cancelled.Cancel();
            }
        }

        Build(SealConfig.FromRegistered(5), sectors, 4, 1, CancelInSecondLayer);

        Assert.IsType<OperationCanceledException>(sectors[0].Failure);
        Assert.True(File.Exists(Path(0, CacheFiles.LayerMark(1))));
        Assert.False(File.Exists(Path(0, CacheFiles.Layer(2))));
        Assert.Equal((Layer1, Layer2), (Digest(1, 1), Digest(1, 2)));
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(1)]
    [InlineData(2)]
    public void Build_Cancelled_LeavesNoCompleteLayer(int threads)
    {
        using var cancelled = new CancellationTokenSource();
        void CancelAtSome(string stage, double fraction)
        {
            if (fraction > 0.1)
            {
                cancelled.Cancel();
            }
        }

        Assert.ThrowsAny<OperationCanceledException>(() => LaneLayers.Build(
            new SdrGraph(SealConfig.FromRegistered(6), tabulate: true),
            Sectors(2),
            4,
            new SealOptions { Threads = threads },
            CancelAtSome,
            cancelled.Token));
        Assert.False(File.Exists(Path(0, CacheFiles.Layer(1))));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(8)]
    [InlineData(4)]
    public void Hash_Nodes_AllocatesNothing(int lanes)
    {
        const int nodes = 8;
        var graph = new SdrGraph(SealConfig.FromRegistered(5), tabulate: false);
        using var hasher = LaneHasher.Create(lanes);
        using var current = new NativeBuffer(nodes * hasher.NodeBytes);
        using var previous = new NativeBuffer(graph.Nodes * hasher.NodeBytes);
        previous.Span(0, (int)previous.Size).Clear();
        using var rows = new NativeBuffer(nodes * ParentCacheFile.RowSize);
        new ComputedParentReader(graph, 1).Read(0, MemoryMarshal.Cast<byte, uint>(rows.Span(0, (int)rows.Size)));
        hasher.Open([Known], 2);

        Allocations.AssertNone(
            () => hasher.Hash(0, nodes, rows, current, previous));
    }

    // 4 lanes of 8 MiB take 64 MiB: the layers go to the scratch folder, and leave nothing there.
    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(1)]
    [InlineData(2)]
    public void Build_LayersOnDisk_AreTheSame(int threads)
    {
        var config = SealConfig.FromRegistered(6);
        var scratch = Directory.CreateDirectory(_folder["scratch"]).FullName;
        var options = new SealOptions
        {
            Threads = threads,
            MemoryBytes = SealOptions.MinimumMemoryBytes,
            LaneScratchDirectory = scratch,
        };
        LaneSector[] sectors = [Sector(0, default), Sector(1, Known)];
        LaneLayers.Build(
            new SdrGraph(config, tabulate: true),
            sectors,
            4,
            options,
            (_, _) => Assert.Empty(Directory.GetFiles(scratch)),
            default);

        SdrLayers.Build(
            new SdrGraph(config, tabulate: true), Known, _folder["scratch"], new SealOptions(), null, default);
        Assert.All([1, 2], layer => Assert.Equal(
            File.ReadAllBytes(_folder[$"scratch/{CacheFiles.LayerMark(layer)}"]),
            File.ReadAllBytes(Path(1, CacheFiles.LayerMark(layer)))));
        Assert.All(sectors, sector => Assert.Null(sector.Failure));
    }

    [Fact]
    public void MemoryBytes_Sixteen512MiB_IsTwoLayersOfEach() => Assert.InRange(
        LaneLayers.MemoryBytes(SectorShape.Parse("512MiB"), 16), 16L << 30, (16L << 30) + (8L << 20));

    private static Bytes32 ReplicaOf(int sector, int count)
    {
        Span<byte> id = stackalloc byte[Bytes32.Size];
        id.Fill((byte)(sector + 1));
        return sector == count - 1 ? Known : new Bytes32(id);
    }

    private LaneSector[] Sectors(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Sector(i, ReplicaOf(i, count)))];

    private LaneSector Sector(int number, Bytes32 replicaId, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(_folder[$"{number}"]);
        return new LaneSector(replicaId, _folder[$"{number}"], cancellationToken);
    }

    private static void Build(
        SealConfig config, LaneSector[] sectors, int lanes, int threads, Action<string, double>? progress = null) =>
        LaneLayers.Build(
            new SdrGraph(config, tabulate: true), sectors, lanes, new SealOptions { Threads = threads }, progress,
            default);

    private void AssertAsAlone(SealConfig config, int sector, int count)
    {
        var alone = Directory.CreateDirectory(_folder["alone"]).FullName;
        SdrLayers.Build(
            new SdrGraph(config, tabulate: true), ReplicaOf(sector, count), alone, new SealOptions(), null, default);
        foreach (var path in Directory.GetFiles(alone))
        {
            Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(Path(sector, System.IO.Path.GetFileName(path))));
        }

        Directory.Delete(alone, recursive: true);
    }

    private string Path(int sector, string name) => _folder[$"{sector}/{name}"];

    private string Digest(int sector, int layer) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path(sector, CacheFiles.Layer(layer)))));
}
