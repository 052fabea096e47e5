using Federation.Proofs.Pieces;
using Federation.Proofs.PreCommit2;

namespace Federation.Proofs.Tests.PreCommit2;

public sealed partial class PreCommit2PhaseTests : IDisposable
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
