using Federation.Proofs.PreCommit2;

namespace Federation.Proofs.Tests.PreCommit2;

public sealed class PreCommit2PhaseTests : IDisposable
{
    private static readonly SealVector Vector = Vectors.Seal("2KiB-5");

    private readonly SealFixture _seal;

    public PreCommit2PhaseTests()
    {
        _seal = new SealFixture(Vector, new SealOptions { Threads = 2 });
        _seal.AddPiece();
        _seal.CopyLayers(Vector);
    }

    public void Dispose() => _seal.Dispose();

    [Theory]
    [InlineData("2KiB-0")]
    [InlineData("2KiB-5")]
    public void Run_OnReferencesLayers_WritesReferencesFiles(string name)
    {
        using var seal = new SealFixture(Vectors.Seal(name));
        seal.AddPiece();
        seal.CopyLayers(Vectors.Seal(name));
        seal.BuildTreeD();
        seal.PreCommit2();

        foreach (string path in Directory.GetFiles(seal.Cache))
        {
            Assert.Equal(Vectors.Read(Path.Combine("seals", name, Path.GetFileName(path))), File.ReadAllBytes(path));
        }

        Assert.Equal(Vectors.Read(Path.Combine("seals", name, "sealed")), File.ReadAllBytes(seal.Sealed));
        Assert.Equal(6, Directory.GetFiles(seal.Cache).Length);
    }

    [Fact]
    public void Run_UnsealedFileWithTrailer_ReadsTheSectorOnly()
    {
        using (FileStream file = File.OpenWrite(_seal.Unsealed))
        {
            file.Seek(0, SeekOrigin.End);
            file.Write([0xff, 0xff, 0xff, 0xff, 0x04, 0, 0, 0]);
        }

        Assert.Equal(Vector.Inputs.CommR, _seal.PreCommit2().CommR);
        Assert.Equal(2048, new FileInfo(_seal.Sealed).Length);
    }

    [Fact]
    public void Run_OutputFolderOfItsOwn_LeavesTheLayersFolderAlone()
    {
        using var output = new TempFolder();
        PreCommit2Phase.Run(
            _seal.PreCommit2Request with { OutputDirectory = output.Path }, new SealOptions(), null, CancellationToken.None);

        Assert.Equal(2, Directory.GetFiles(_seal.Cache).Length);
        Assert.Equal(
            ["p_aux", "sc-02-data-tree-c.dat", "sc-02-data-tree-r-last.dat"],
            Directory.GetFiles(output.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Run_LeftoversOfAnEarlierAttempt_AreReplaced()
    {
        File.WriteAllBytes(_seal.Sealed, new byte[5000]);
        File.WriteAllBytes(Path.Combine(_seal.Cache, "sc-02-data-tree-c.dat"), new byte[5000]);
        Assert.Equal(Vector.Inputs.CommR, _seal.PreCommit2().CommR);
        Assert.Equal(2048, new FileInfo(_seal.Sealed).Length);
        Assert.Equal(2336, new FileInfo(Path.Combine(_seal.Cache, "sc-02-data-tree-c.dat")).Length);
    }

    [Theory]
    [InlineData("sc-02-data-layer-1.dat")]
    [InlineData("sc-02-data-layer-2.dat")]
    public void Run_LayerMissingTornOrCorrupt_NamesTheFile(string layer)
    {
        string path = Path.Combine(_seal.Cache, layer);
        byte[] bytes = File.ReadAllBytes(path);

        bytes[(40 * 32) + 31] = 0xff;
        File.WriteAllBytes(path, bytes);
        var corrupt = Assert.Throws<InvalidDataException>(() => _seal.PreCommit2());
        Assert.Contains(path, corrupt.Message, StringComparison.Ordinal);
        Assert.Contains("node 40", corrupt.Message, StringComparison.Ordinal);

        File.WriteAllBytes(path, bytes[..2047]);
        var torn = Assert.Throws<InvalidDataException>(() => _seal.PreCommit2());
        Assert.Contains(path, torn.Message, StringComparison.Ordinal);

        File.Delete(path);
        var missing = Assert.Throws<FileNotFoundException>(() => _seal.PreCommit2());
        Assert.Contains(path, missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_DataMissingShortOrNotPadded_NamesTheFile()
    {
        byte[] bytes = File.ReadAllBytes(_seal.Unsealed);
        bytes[(63 * 32) + 31] = 0x80;
        File.WriteAllBytes(_seal.Unsealed, bytes);
        var unpadded = Assert.Throws<InvalidDataException>(() => _seal.PreCommit2());
        Assert.Contains(_seal.Unsealed, unpadded.Message, StringComparison.Ordinal);
        Assert.Contains("node 63", unpadded.Message, StringComparison.Ordinal);

        File.WriteAllBytes(_seal.Unsealed, bytes[..2047]);
        Assert.Contains(
            _seal.Unsealed, Assert.Throws<InvalidDataException>(() => _seal.PreCommit2()).Message, StringComparison.Ordinal);

        File.Delete(_seal.Unsealed);
        Assert.Contains(
            _seal.Unsealed, Assert.Throws<FileNotFoundException>(() => _seal.PreCommit2()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Cancelled_Throws() => Assert.Throws<OperationCanceledException>(
        () => PreCommit2Phase.Run(_seal.PreCommit2Request, new SealOptions(), null, new CancellationToken(canceled: true)));

    [Fact]
    public void Run_Progress_RisesToOneThroughBothTrees()
    {
        var reports = new RecordedProgress();
        PreCommit2Phase.Run(_seal.PreCommit2Request, new SealOptions(), reports, CancellationToken.None);

        Assert.Equal(["tree-c", "tree-r-last"], reports.Reports.Select(report => report.Stage).Distinct());
        Assert.Equal(reports.Reports.OrderBy(report => report.Fraction), reports.Reports);
        Assert.Equal(1, reports.Reports[^1].Fraction, precision: 9);
    }

    private sealed class RecordedProgress : IProgress<PhaseProgress>
    {
        public List<PhaseProgress> Reports { get; } = [];

        public void Report(PhaseProgress value) => Reports.Add(value);
    }
}
