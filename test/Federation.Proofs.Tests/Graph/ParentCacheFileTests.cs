using System.Security.Cryptography;
using Federation.Proofs.Graph;

namespace Federation.Proofs.Tests.Graph;

public sealed class ParentCacheFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, "3f0eef38bb48af1f48ad65e14eb85b4ebfc167cec18cd81764f6d998836c9899")]
    [InlineData(5, "494d91dc80f2df5272c4b9e129bc7ade9405225993af9fe34e6542a39a47554b")]
    [InlineData(1, "dcdabb0fbe4364bf0ac28b6a18c66de246409fa1a9020a00f33fb3e3053da6dc")]
    [InlineData(6, "5eed212119fd91aa6220a27f31a8966444a9381842bceb3a1ea61525bd47a5b5")]
    [InlineData(2, "2aa9c77c3e58259481351cc4be2079cc71e1c9af39700866545c043bfa30fb42")]
    [InlineData(7, "7ba215a1d2345774ab90b8cb1158d296e409d6068819d7b8c7baf0b25d63dc34")]
    [InlineData(3, "e1fa5d5b811ddbd118be3412c4a8c329156b8b8acc72632bca459455b5a05a13")]
    [InlineData(8, "21981246c370f9d76c7a77ab273d94bde0ceb4e938292334960bce05585dc117")]
    [InlineData(4, "8a99e8d6b6be7ab87a56b632e6739ff201c23ea14e99737c74690f0e265574d6")]
    [InlineData(9, "4905486b7af19558ac3649bc6261411858b6add534438878c4ee3b29d8b9de0b")]
    public void NameOf_RegisteredProof_IsFilecoins(int registered, string digest)
    {
        var config = SealConfig.FromRegistered(registered);

        Assert.Equal($"v28-sdr-parent-{digest}.cache", ParentCacheFile.NameOf(config));
        Assert.NotNull(ParentCacheFile.PublishedDigest(config));
    }

    // The 8 MiB files hold 2^18 rows each: the best test of a whole graph.
    [Theory]
    [InlineData(0, "3da49221e2ed55371b86d0bf3d6526fcf128af61bed904f966428db1b531750d")]
    [InlineData(5, "840057702eea7652cf97e04306c30fe57174714d90de156a25eddd6075c25b97")]
    [InlineData(1, "a76604f2f59f2744c7151653bbb1d8596b6b57d295e6fa6c1f0c41d725b502ce")]
    [InlineData(6, "03cd13565ded97c240a5f52e54295ad127bd0461b57904cb3a4d79b097bbecab")]
    public void Open_MissingFile_WritesFilecoinsBytes(int registered, string digest) =>
        AssertDigest(registered, digest);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(2, "3adcc092423aa76d6a7184016893406da44dd974b219a89cd3ece25e4e3018f5")]
    [InlineData(7, "b5877d1963793efebc261fd8fde4dd6bc59e6b5c7abf52617a4ee023b8dc173a")]
    public void Write_512MiBGraph_IsFilecoinsDigest(int registered, string digest)
    {
        var graph = new SdrGraph(SealConfig.FromRegistered(registered), tabulate: true);

        Assert.Equal(digest, ParentCacheFile.PublishedDigest(graph.Config));
        Assert.Equal(digest, ParentCacheFile.Write(graph, Stream.Null, Environment.ProcessorCount, null, default));
    }

    [Fact]
    public async Task Open_ManyAtOnce_WriteTheFileOnce()
    {
        var graph = new SdrGraph(SealConfig.FromRegistered(5), tabulate: true);
        for (var round = 0; round < 20; round++)
        {
            var folder = Directory.CreateDirectory(_folder[$"{round}"]).FullName;
            var opened = Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            {
                using var reader = ParentCacheFile.Open(graph, folder, 1, false, null, default);
                var row = new uint[SdrGraph.Degree];
                reader.Read(63, row);
                return string.Join(',', row);
            }));

            var rows = await Task.WhenAll(opened).WaitAsync(TimeSpan.FromMinutes(2));

            Assert.Equal("62,15,42,62,61,62,0,15,30,30,28,42,49,38", Assert.Single(rows.Distinct()));
            Assert.Equal(
                ParentCacheFile.NameOf(graph.Config), Path.GetFileName(Assert.Single(Directory.GetFiles(folder))));
        }
    }

    [Fact]
    public void Open_LeftOverTemporary_IsReplaced()
    {
        var graph = new SdrGraph(SealConfig.FromRegistered(5), tabulate: true);
        File.WriteAllBytes(_folder[ParentCacheFile.NameOf(graph.Config) + ".tmp"], new byte[100_000]);

        AssertDigest(5, "840057702eea7652cf97e04306c30fe57174714d90de156a25eddd6075c25b97");
    }

    [Fact]
    public void Open_WhileAnotherWrites_WaitsUntilCancelled()
    {
        var graph = new SdrGraph(SealConfig.FromRegistered(5), tabulate: false);
        using var other = new FileStream(
            _folder[ParentCacheFile.NameOf(graph.Config) + ".tmp"], FileMode.Create, FileAccess.Write, FileShare.None);
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        Assert.ThrowsAny<OperationCanceledException>(
            () => ParentCacheFile.Open(graph, _folder.Path, 1, false, null, cancelled.Token));
    }

    [Theory]
    [InlineData(3583)]
    [InlineData(3584)]
    public void Open_ForeignFile_NamesItAndTheRemedy(int size)
    {
        var graph = new SdrGraph(SealConfig.FromRegistered(5), tabulate: false);
        File.WriteAllBytes(_folder[ParentCacheFile.NameOf(graph.Config)], new byte[size]);

        var error = Assert.Throws<InvalidDataException>(
            () => ParentCacheFile.Open(graph, _folder.Path, 1, false, null, default));

        Assert.Contains(ParentCacheFile.NameOf(graph.Config), error.Message);
        Assert.Contains("delete it", error.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Open_OneWrongByte_IsFoundByTheDigest(bool registered)
    {
        var graph = new SdrGraph(
            registered ? SealConfig.FromRegistered(6) : SealConfig.Create(
                8 << 20, default, ApiVersion.V1_1, PoRepFeature.Interactive),
            tabulate: true);
        var path = _folder[ParentCacheFile.NameOf(graph.Config)];
        Open(verify: true).Dispose();
        Open(verify: true).Dispose();
        using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite))
        {
            // A row between those that are always compared.
            RandomAccess.Write(file, new byte[] { 0xff }, 1001 * ParentCacheFile.RowSize);
        }

        // The system's clock for files may not have gone on since.
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        if (registered)
        {
            // Its digest is known, and the file is not the one that was compared with it.
            Assert.Throws<InvalidDataException>(() => Open(verify: false));
        }
        else
        {
            Open(verify: false).Dispose();
        }

        var error = Assert.Throws<InvalidDataException>(() => Open(verify: true));

        Assert.Contains($"{path} is damaged", error.Message);
        Assert.Contains("delete it", error.Message);

        FileParentReader Open(bool verify) =>
            ParentCacheFile.Open(graph, _folder.Path, 2, verify, null, CancellationToken.None);
    }

    [Fact]
    public void Open_FileThatThisProcessHasCompared_IsNotReadWholeAgain()
    {
        var graph = new SdrGraph(SealConfig.FromRegistered(6), tabulate: true);
        var told = new List<double>();
        using var elsewhere = new TempFolder();
        Open(_folder.Path, null).Dispose();
        File.Copy(
            _folder[ParentCacheFile.NameOf(graph.Config)], elsewhere[ParentCacheFile.NameOf(graph.Config)]);

        Open(_folder.Path, told.Add).Dispose();
        Assert.Empty(told);
        Open(elsewhere.Path, told.Add).Dispose();
        Assert.Equal(1, told[^1]);
        Assert.Equal(told.Order(), told);
        told.Clear();
        Open(elsewhere.Path, told.Add).Dispose();
        Assert.Empty(told);

        FileParentReader Open(string folder, Action<double>? progress) =>
            ParentCacheFile.Open(graph, folder, 2, verify: false, progress, CancellationToken.None);
    }

    // A full disk, say: what is left must not keep the room.
    [Fact]
    public void Open_BrokenOffWhileWritten_LeavesAnEmptyFile()
    {
        var graph = new SdrGraph(SealConfig.FromRegistered(6), tabulate: true);
        using var cancelled = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => ParentCacheFile.Open(
            graph, _folder.Path, 2, false, done => CancelBehind(done, 0.3), cancelled.Token));

        var left = new FileInfo(Assert.Single(Directory.GetFiles(_folder.Path)));
        Assert.Equal((ParentCacheFile.NameOf(graph.Config) + ".tmp", 0), (left.Name, left.Length));

        void CancelBehind(double done, double part)
        {
            if (done > part)
            {
                cancelled.Cancel();
            }
        }
    }

    private void AssertDigest(int registered, string digest)
    {
        var config = SealConfig.FromRegistered(registered);
        ParentCacheFile.Open(new SdrGraph(config, tabulate: true), _folder.Path, 2, false, null, default).Dispose();

        using var file = File.OpenRead(_folder[ParentCacheFile.NameOf(config)]);
        Assert.Equal(digest, Convert.ToHexStringLower(SHA256.HashData(file)));
    }
}
