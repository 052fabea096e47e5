using System.Security.Cryptography;
using Federation.Proofs.Graph;
using Federation.Proofs.Labels;

namespace Federation.Proofs.Tests.Labels;

public sealed class SdrLayersTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Build_Registered5_IsTheReferencesLayers()
    {
        Build(SealConfig.FromRegistered(5), Replica5, new SealOptions());

        Assert.Equal("1bf69a6fe5759b70c144834118600572a6d58f0af5c523442b500b9baf94a57c", Digest(1));
        Assert.Equal("e1dd95be51f6a40c6854377bdea925d22fe19d9cdba4747be9385aa8057b696c", Digest(2));
        Assert.Equal(4, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void Build_32KiBApi10_IsTheReferencesLayers()
    {
        var poRepId = Bytes32.FromHex(string.Concat(Enumerable.Repeat("7f", 32)));
        var config = SealConfig.Create(32768, poRepId, ApiVersion.V1_0, PoRepFeature.Interactive);
        Build(
            config,
            Bytes32.FromHex("12483caeaac75f53aebc42850d0d91c0e3b0f0e48ff17eafe70068e92dcf0f28"),
            new SealOptions());

        Assert.Equal("deb1a2bfc862e0b65cdf29d851b646ffb6914141d0a0226499b9a3301f4cac36", Digest(1));
        Assert.Equal("32f86ad62686f46d199c3e98fb8cb18b7e01a1f46fc78a89f6faab4ff651be00", Digest(2));
    }

    // 8 MiB: every memory plan, with and without the parent cache, one thread and more.
    [Theory]
    [InlineData(1024, 2, false, true, true, false)]
    [InlineData(1024, 2, true, true, true, true)]
    [InlineData(1024, 1, true, true, true, false)]
    [InlineData(14, 2, false, true, false, false)]
    [InlineData(14, 1, false, true, false, true)]
    [InlineData(4, 2, true, false, false, false)]
    public void Build_AnyMemory_IsTheSameLayers(
        int mebibytes, int threads, bool cache, bool previousInMemory, bool currentInMemory, bool scalar)
    {
        var config = SealConfig.FromRegistered(6);
        var plan = LabelMemoryPlan.For(config.Shape, (long)mebibytes << 20);
        Assert.Equal((previousInMemory, currentInMemory), (plan.PreviousInMemory, plan.CurrentInMemory));
        Assert.True(plan.Bytes(config.Shape) <= (long)mebibytes << 20);

        var options = new SealOptions { Threads = threads, ParentCacheDirectory = cache ? _folder["parents"] : null };
        SdrLayers.Build(
            new SdrGraph(config, tabulate: true), Replica8MiB(config), _folder.Path, options, plan, scalar
                ? LabelKernel.Scalar : BlockHasher.Best, null, default);

        Assert.Equal("08c4db81ffcf4f1ca6ecabd0148cf9620ee3fb4f624ab5e64d9dd8768ebc344b", Digest(1));
        Assert.Equal("131183b4913b70d07d705a900019b44461b6150187b54f62f78b6e77a3e6dca8", Digest(2));
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(1)]
    [InlineData(2)]
    public void Build_MappedLayers_IsTheSameLayersAndLeavesNothingElse(int threads)
    {
        var config = SealConfig.FromRegistered(6);
        var plan = LabelMemoryPlan.For(config.Shape, 4L << 20, pageCacheBytes: 16L << 20);
        Assert.True(plan.IsMapped);
        Assert.InRange(plan.Bytes(config.Shape), 1, 4L << 20);

        SdrLayers.Build(
            new SdrGraph(config, tabulate: true),
            Replica8MiB(config),
            _folder.Path,
            new SealOptions { Threads = threads },
            plan,
            BlockHasher.Best,
            (_, _) => Assert.All(
                Directory.GetFiles(_folder.Path), path => Assert.Contains("sc-02-data-layer-", path)),
            default);

        Assert.Equal("08c4db81ffcf4f1ca6ecabd0148cf9620ee3fb4f624ab5e64d9dd8768ebc344b", Digest(1));
        Assert.Equal("131183b4913b70d07d705a900019b44461b6150187b54f62f78b6e77a3e6dca8", Digest(2));
    }

    [Fact]
    public void For_PageCacheTooSmall_MapsNothing() => Assert.False(
        LabelMemoryPlan.For(SectorShape.Parse("8MiB"), 4L << 20, pageCacheBytes: (16L << 20) - 1).IsMapped);

    [Fact]
    public void Map_MoreThanTheDiskHas_SaysSo()
    {
        var error = Assert.Throws<IOException>(() => NativeBuffer.Map(1L << 50, _folder["mapped"], default));

        Assert.Contains(_folder["mapped"], error.Message);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Build_CompleteLayers_AreKept()
    {
        var config = SealConfig.FromRegistered(5);
        Build(config, Replica5, new SealOptions());
        File.Delete(_folder[CacheFiles.Layer(2)]);
        File.WriteAllText(_folder[CacheFiles.Layer(2)] + ".tmp", "torn");
        var written = File.GetLastWriteTimeUtc(_folder[CacheFiles.Layer(1)]);
        File.SetLastWriteTimeUtc(_folder[CacheFiles.Layer(1)], written.AddDays(-1));

        Build(config, Replica5, new SealOptions());

        Assert.Equal(written.AddDays(-1), File.GetLastWriteTimeUtc(_folder[CacheFiles.Layer(1)]));
        Assert.Equal("e1dd95be51f6a40c6854377bdea925d22fe19d9cdba4747be9385aa8057b696c", Digest(2));
        Assert.False(File.Exists(_folder[CacheFiles.Layer(2)] + ".tmp"));
    }

    // Each file is damaged in a place that no sample would hit, or has lost its mark.
    [Theory]
    [InlineData("sc-02-data-layer-1.dat", 1000)]
    [InlineData("sc-02-data-layer-2.dat", 1000)]
    [InlineData("sc-02-data-layer-1.sum", 80)]
    [InlineData("sc-02-data-layer-2.sum", 0)]
    [InlineData("sc-02-data-layer-1.sum", null)]
    [InlineData("sc-02-data-layer-2.sum", null)]
    public void Build_LayerOrMarkDamaged_IsMadeAnew(string name, int? position)
    {
        Build(SealConfig.FromRegistered(5), Replica5, new SealOptions());
        if (position is { } at)
        {
            var bytes = File.ReadAllBytes(_folder[name]);
            bytes[at] ^= 1;
            File.WriteAllBytes(_folder[name], bytes);
        }
        else
        {
            File.Delete(_folder[name]);
        }

        Build(SealConfig.FromRegistered(5), Replica5, new SealOptions());

        Assert.Equal("1bf69a6fe5759b70c144834118600572a6d58f0af5c523442b500b9baf94a57c", Digest(1));
        Assert.Equal("e1dd95be51f6a40c6854377bdea925d22fe19d9cdba4747be9385aa8057b696c", Digest(2));
        Assert.Equal(CacheFiles.LayerMarkSize, new FileInfo(_folder[CacheFiles.LayerMark(1)]).Length);
        Assert.Equal(4, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void Build_LayersOfAnotherReplica_AreMadeAnew()
    {
        var config = SealConfig.FromRegistered(5);
        Build(config, default, new SealOptions());
        Build(config, Replica5, new SealOptions());

        Assert.Equal("1bf69a6fe5759b70c144834118600572a6d58f0af5c523442b500b9baf94a57c", Digest(1));
        Assert.Equal("e1dd95be51f6a40c6854377bdea925d22fe19d9cdba4747be9385aa8057b696c", Digest(2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Build_Cancelled_LeavesNoCompleteLayer(int threads)
    {
        using var cancelled = new CancellationTokenSource();
        var options = new SealOptions { Threads = threads };
        void CancelAtSome(string stage, double fraction)
        {
            if (fraction > 0.1)
            {
                cancelled.Cancel();
            }
        }

        var graph = new SdrGraph(SealConfig.FromRegistered(6), tabulate: true);
        Assert.ThrowsAny<OperationCanceledException>(
            () => SdrLayers.Build(graph, default, _folder.Path, options, CancelAtSome, cancelled.Token));
        Assert.False(File.Exists(_folder[CacheFiles.Layer(1)]));
    }

    private static Bytes32 Replica5 => Bytes32.FromHex(
        "d63b5981e6957c3d06d8ed3b8947dbc23e4123601dcfc586a33cbab557d62008");

    private static Bytes32 Replica8MiB(SealConfig config) => ReplicaId.Compute(
        ProverId.FromActorId(1000),
        106,
        Bytes32.FromHex("7ebe59b0465bdaa1cb4df74fc6b4dbbba549e0e37ad0b95f036c23d3cf83212b"),
        Bytes32.FromHex("0f5ddd03d6f35e8bd70c2a5c60e569e0682267268243a88f2c579c9d774eb502"),
        config.PoRepId);

    private void Build(SealConfig config, Bytes32 replicaId, SealOptions options) =>
        SdrLayers.Build(new SdrGraph(config, tabulate: true), replicaId, _folder.Path, options, null, default);

    private string Digest(int layer) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_folder[CacheFiles.Layer(layer)])));
}
