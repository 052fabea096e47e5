using Federation.Proofs.Pieces;
using Federation.Proofs.PreCommit2;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Tests.PreCommit2;

public sealed class PreCommit2PhaseTests : IDisposable
{
    private static readonly SealVector Vector = Vectors.Seal("2KiB-5");
    private static readonly string[] Layers = ["sc-02-data-layer-1.dat", "sc-02-data-layer-2.dat"];

    private readonly TempFolder _folder = new();

    public PreCommit2PhaseTests() => CopySector("2KiB-5");

    private string Unsealed => _folder["unsealed"];

    private string Sealed => _folder["sealed"];

    private PreCommit2Request Request => new()
    {
        Config = Vector.Config,
        UnsealedPath = Unsealed,
        LayerDirectory = _folder.Path,
        OutputDirectory = _folder.Path,
        SealedPath = Sealed,
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2KiB-0")]
    [InlineData("2KiB-5")]
    public void Run_OnReferencesLayers_WritesReferencesFiles(string name)
    {
        CopySector(name);
        Run(Request with { Config = Vectors.Seal(name).Config });

        string[] written = ["p_aux", "sc-02-data-tree-c.dat", "sc-02-data-tree-r-last.dat", "sealed"];
        foreach (string file in written)
        {
            Assert.Equal(Vectors.Read(Path.Combine("seals", name, file)), File.ReadAllBytes(_folder[file]));
        }

        Assert.Equal([.. written.Concat(Layers).Append("unsealed").Order()], FileNames(_folder.Path));
    }

    [Theory]
    [InlineData(1, 32)]
    [InlineData(1, 1024)]
    [InlineData(7, 32)]
    public void Run_AnyThreadsAndMemory_IsTheSameReplica(int threads, int mebibytes)
    {
        var options = new SealOptions { Threads = threads, MemoryBytes = (long)mebibytes << 20 };
        PreCommit2Result result = PreCommit2Phase.Run(Request, options, null, CancellationToken.None);
        Assert.Equal(Vector.Inputs.CommR, result.CommR);
    }

    [Fact]
    public void Run_UnsealedFileWithTrailer_ReadsTheSectorOnly()
    {
        using (FileStream file = File.OpenWrite(Unsealed))
        {
            file.Seek(0, SeekOrigin.End);
            file.Write([0xff, 0xff, 0xff, 0xff, 0x04, 0, 0, 0]);
        }

        Assert.Equal(Vector.Inputs.CommR, Run(Request).CommR);
        Assert.Equal(2048, new FileInfo(Sealed).Length);
    }

    [Fact]
    public void Run_OutputFolderOfItsOwn_LeavesTheLayersFolderAlone()
    {
        using var output = new TempFolder();
        Run(Request with { OutputDirectory = output.Path });

        Assert.Equal([.. Layers, "sealed", "unsealed"], FileNames(_folder.Path));
        Assert.Equal(["p_aux", "sc-02-data-tree-c.dat", "sc-02-data-tree-r-last.dat"], FileNames(output.Path));
    }

    private static IEnumerable<string?> FileNames(string folder) =>
        Directory.GetFiles(folder).Select(Path.GetFileName).Order();

    private static PreCommit2Result Run(PreCommit2Request request) =>
        PreCommit2Phase.Run(request, new SealOptions { Threads = 2 }, null, CancellationToken.None);

    // The piece and the layers of the reference implementation.
    private void CopySector(string name)
    {
        byte[] data = Vectors.Read(Path.Combine("seals", name, "data"));
        var padded = new byte[2048];
        Fr32.Pad(data, padded);
        File.WriteAllBytes(Unsealed, padded);
        foreach (string layer in Layers)
        {
            File.WriteAllBytes(_folder[layer], Vectors.Read(Path.Combine("seals", name, layer)));
        }
    }

    [Fact]
    public void Run_LeftoversOfAnEarlierAttempt_AreReplaced()
    {
        File.WriteAllBytes(Sealed, new byte[5000]);
        File.WriteAllBytes(_folder["sc-02-data-tree-c.dat"], new byte[5000]);
        Assert.Equal(Vector.Inputs.CommR, Run(Request).CommR);
        Assert.Equal(2048, new FileInfo(Sealed).Length);
        Assert.Equal(2336, new FileInfo(_folder["sc-02-data-tree-c.dat"]).Length);
    }

    [Theory]
    [InlineData("sc-02-data-layer-1.dat")]
    [InlineData("sc-02-data-layer-2.dat")]
    public void Run_LayerMissingTornOrCorrupt_NamesTheFile(string layer)
    {
        string path = _folder[layer];
        byte[] bytes = File.ReadAllBytes(path);

        bytes[(40 * 32) + 31] = 0xff;
        File.WriteAllBytes(path, bytes);
        var corrupt = Assert.Throws<InvalidDataException>(() => Run(Request));
        Assert.Contains(path, corrupt.Message, StringComparison.Ordinal);
        Assert.Contains("node 40", corrupt.Message, StringComparison.Ordinal);

        File.WriteAllBytes(path, bytes[..2047]);
        var torn = Assert.Throws<InvalidDataException>(() => Run(Request));
        Assert.Contains(path, torn.Message, StringComparison.Ordinal);

        File.Delete(path);
        var missing = Assert.Throws<FileNotFoundException>(() => Run(Request));
        Assert.Contains(path, missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_DataMissingShortOrNotPadded_NamesTheFile()
    {
        byte[] bytes = File.ReadAllBytes(Unsealed);
        bytes[(63 * 32) + 31] = 0x80;
        File.WriteAllBytes(Unsealed, bytes);
        var unpadded = Assert.Throws<InvalidDataException>(() => Run(Request));
        Assert.Contains(Unsealed, unpadded.Message, StringComparison.Ordinal);
        Assert.Contains("node 63", unpadded.Message, StringComparison.Ordinal);

        File.WriteAllBytes(Unsealed, bytes[..2047]);
        Assert.Contains(
            Unsealed, Assert.Throws<InvalidDataException>(() => Run(Request)).Message, StringComparison.Ordinal);

        File.Delete(Unsealed);
        Assert.Contains(
            Unsealed, Assert.Throws<FileNotFoundException>(() => Run(Request)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Cancelled_Throws() => Assert.Throws<OperationCanceledException>(
        () => PreCommit2Phase.Run(Request, new SealOptions(), null, new CancellationToken(canceled: true)));

    // 8 MiB of zeros: what is in work ends, nothing more begins.
    [Fact]
    public void Run_CancelledAtFirstProgress_EndsWithTheChunksInWork()
    {
        const int threads = 2;
        SealConfig config = SealConfig.FromRegistered(6);
        foreach (string file in (string[])[.. Layers, "unsealed"])
        {
            using FileStream sparse = File.Create(_folder[file]);
            sparse.SetLength(config.Shape.SectorSize);
        }

        using var cancellation = new CancellationTokenSource();
        var reports = new RecordedProgress { OnReport = cancellation.Cancel };
        Assert.Throws<OperationCanceledException>(() => PreCommit2Phase.Run(
            Request with { Config = config }, new SealOptions { Threads = threads }, reports, cancellation.Token));
        Assert.InRange(reports.Reports.Count, 1, threads);
    }

    [Fact]
    public void Run_Progress_RisesToOneThroughBothTrees()
    {
        var reports = new RecordedProgress();
        PreCommit2Phase.Run(Request, new SealOptions(), reports, CancellationToken.None);

        Assert.Equal(["tree-c", "tree-r-last"], reports.Reports.Select(report => report.Stage).Distinct());
        Assert.Equal(reports.Reports.OrderBy(report => report.Fraction), reports.Reports);
        Assert.Equal(1, reports.Reports[^1].Fraction, precision: 9);
    }

    // Broken off behind tree-c: what is marked is not made again, whoever reads it afterwards finds the same sector.
    [Fact]
    public void Run_BrokenOffBehindTreeC_GoesOnFromThere()
    {
        BreakOffInStage("tree-r-last");
        string treeC = _folder["sc-02-data-tree-c.dat"];
        Assert.True(File.Exists(treeC + ".mark"));
        DateTime written = File.GetLastWriteTimeUtc(treeC);
        byte[] expected = File.ReadAllBytes(treeC);

        var reports = new RecordedProgress();
        PreCommit2Result result = PreCommit2Phase.Run(Request, new SealOptions(), reports, CancellationToken.None);

        Assert.Equal(Vector.Inputs.CommR, result.CommR);
        Assert.Equal(written, File.GetLastWriteTimeUtc(treeC));
        Assert.Equal(expected, File.ReadAllBytes(treeC));
        Assert.Equal(Vectors.Read(Path.Combine("seals", "2KiB-5", "sealed")), File.ReadAllBytes(Sealed));
        Assert.Equal(1, reports.Reports[^1].Fraction, precision: 9);
        Assert.DoesNotContain(FileNames(_folder.Path), name => name!.EndsWith(".mark", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_BrokenOffBehindBothTrees_WritesTheReplicaAnew()
    {
        BreakOffInStage("tree-r-last");
        string treeC = _folder["sc-02-data-tree-c.dat"], treeR = _folder["sc-02-data-tree-r-last.dat"];
        byte[] markC = File.ReadAllBytes(treeC + ".mark");
        File.WriteAllBytes(treeR, Vectors.Read(Path.Combine("seals", "2KiB-5", "sc-02-data-tree-r-last.dat")));
        File.WriteAllBytes(treeR + ".mark", MarkLike(markC, treeR));
        File.Delete(Sealed);
        DateTime written = File.GetLastWriteTimeUtc(treeR);

        Assert.Equal(Vector.Inputs.CommR, Run(Request).CommR);
        Assert.Equal(written, File.GetLastWriteTimeUtc(treeR));
        Assert.Equal(Vectors.Read(Path.Combine("seals", "2KiB-5", "sealed")), File.ReadAllBytes(Sealed));
    }

    [Theory]
    [InlineData("no mark")]
    [InlineData("torn mark")]
    [InlineData("damaged tree")]
    [InlineData("torn tree")]
    [InlineData("no tree")]
    public void Run_TreeThatIsNotWholeAndMarked_IsMadeAnew(string fault)
    {
        BreakOffInStage("tree-r-last");
        string treeC = _folder["sc-02-data-tree-c.dat"], mark = treeC + ".mark";
        byte[] tree = File.ReadAllBytes(treeC);
        switch (fault)
        {
            case "no mark": File.Delete(mark); break;
            case "torn mark": File.WriteAllBytes(mark, File.ReadAllBytes(mark)[..^1]); break;
            case "torn tree": File.WriteAllBytes(treeC, tree[..^32]); break;
            case "no tree": File.Delete(treeC); break;
            default:
                tree[100] ^= 1;
                File.WriteAllBytes(treeC, tree);
                tree[100] ^= 1;
                break;
        }

        Assert.Equal(Vector.Inputs.CommR, Run(Request).CommR);
        Assert.Equal(tree, File.ReadAllBytes(treeC));
    }

    [Fact]
    public void Run_TreeOfAnotherReplica_IsMadeAnew()
    {
        BreakOffInStage("tree-r-last");
        CopySector("2KiB-0");
        PreCommit2Result result = Run(Request with { Config = Vectors.Seal("2KiB-0").Config });
        Assert.Equal(Vectors.Seal("2KiB-0").Inputs.CommR, result.CommR);
    }

    // Another run may have the same file under its own name: it must not change there.
    [Fact]
    public void Run_TreeThatIsALinkToAnotherRuns_IsReplacedNotWrittenTo()
    {
        string treeC = _folder["sc-02-data-tree-c.dat"], other = _folder["other"];
        File.WriteAllBytes(other, new byte[2336]);
        File.CreateSymbolicLink(treeC, other);
        Assert.Equal(Vector.Inputs.CommR, Run(Request).CommR);
        Assert.Equal(new byte[2336], File.ReadAllBytes(other));
    }

    [Theory]
    [InlineData("2KiB", 4)]
    [InlineData("32GiB", 32)]
    public void Resumable_OfShape_AreItsTreesAndTheirMarks(string size, int count)
    {
        SectorShape shape = SectorShape.Parse(size);
        (string Name, long Bytes)[] files = [.. PreCommit2Phase.Resumable(shape)];
        Assert.Equal(count, files.Select(file => file.Name).Distinct().Count());
        Assert.Contains((CacheFiles.TreeRLast(shape, 0), TreeLayout.TreeRLast(shape).StoredNodes * 32), files);
        BreakOffInStage("tree-r-last");
        Assert.Equal(new FileInfo(_folder["sc-02-data-tree-c.dat.mark"]).Length, files[1].Bytes);
    }

    private static byte[] MarkLike(byte[] mark, string tree)
    {
        string[] lines = System.Text.Encoding.ASCII.GetString(mark).Split('\n');
        byte[] bytes = File.ReadAllBytes(tree);
        lines[2] = $"root {Convert.ToHexStringLower(bytes[^32..])}";
        lines[3] = $"sha256 {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))}";
        return System.Text.Encoding.ASCII.GetBytes(string.Join('\n', lines));
    }

    private void BreakOffInStage(string stage)
    {
        using var cancellation = new CancellationTokenSource();
        var reports = new RecordedProgress();
        reports.OnReport = () =>
        {
            if (reports.Reports[^1].Stage == stage)
            {
                cancellation.Cancel();
            }
        };
        Assert.Throws<OperationCanceledException>(
            () => PreCommit2Phase.Run(Request, new SealOptions(), reports, cancellation.Token));
    }

    private sealed class RecordedProgress : IProgress<PhaseProgress>
    {
        public List<PhaseProgress> Reports { get; } = [];

        public Action? OnReport { get; set; }

        public void Report(PhaseProgress value)
        {
            Reports.Add(value);
            OnReport?.Invoke();
        }
    }
}
