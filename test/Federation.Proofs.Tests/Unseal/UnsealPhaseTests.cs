using Federation.Proofs.Unseal;

namespace Federation.Proofs.Tests.Unseal;

public sealed class UnsealPhaseTests : IDisposable
{
    private const long DataBytes = 2032;

    private readonly PiecesSector _sector = new();
    private readonly TempFolder _folder = new();

    private string Layers => _folder["layers"];

    private string DataPath => _folder["data"];

    private string UnsealedPath => _folder["unsealed"];

    public void Dispose()
    {
        _sector.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_WholeSector_RestoresPaddedAndUnpaddedData(bool piecesKnown)
    {
        UnsealRequest request = Request(piecesKnown) with { UnsealedPath = UnsealedPath };
        UnsealResult result = Run(request);

        Assert.Equal(_sector.Data, File.ReadAllBytes(DataPath));
        Assert.Equal(File.ReadAllBytes(_sector.UnsealedPath), File.ReadAllBytes(UnsealedPath));
        Assert.Equal((_sector.CommD, _sector.ReplicaId, DataBytes), (result.CommD, result.ReplicaId, result.Bytes));
        Assert.Equal(2048, result.Verified.Sum(piece => piece.PaddedSize));
    }

    // Padded, the sector is a piece of 128 bytes, zeros up to 512, a piece of 512, and one of 1024.
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(0, 127, 1)]
    [InlineData(126, 2, 2)]
    [InlineData(127, 381, 2)]
    [InlineData(130, 1, 1)]
    [InlineData(508, 508, 1)]
    [InlineData(507, 510, 3)]
    [InlineData(1016, 1016, 1)]
    [InlineData(2031, 1, 1)]
    [InlineData(0, 2032, 5)]
    public void Run_Range_RestoresItAndVerifiesThePiecesItTouches(int offset, int size, int verified)
    {
        UnsealResult result = Run(Request(true) with { Offset = offset, Size = size });
        Assert.Equal(_sector.Data[offset..(offset + size)], File.ReadAllBytes(DataPath));
        Assert.Equal((verified, size), (result.Verified.Count, result.Bytes));
    }

    [Fact]
    public void Run_OffsetAlone_RestoresTheRest()
    {
        Run(Request(false) with { Offset = 2000 });
        Assert.Equal(_sector.Data[2000..], File.ReadAllBytes(DataPath));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(700)]
    public void Run_DamagedReplica_IsRefusedAndLeavesNoFile(int position)
    {
        _sector.Damage(position);
        var refused = Assert.Throws<InvalidDataException>(
            () => Run(Request(true) with { UnsealedPath = UnsealedPath }));
        Assert.Contains(_sector.SealedPath, refused.Message, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public void Run_DamageInAnotherPiece_DoesNotMatter()
    {
        _sector.Damage(700);
        Run(Request(true) with { Offset = 1016 });
        Assert.Equal(_sector.Data[1016..], File.ReadAllBytes(DataPath));
        Assert.Throws<InvalidDataException>(() => Run(Request(false) with { Offset = 1016 }));
    }

    [Fact]
    public void Run_AnotherTicket_IsRefused()
    {
        UnsealRequest request = Request(true) with { Ticket = new Bytes32(new byte[32]) };
        Assert.Throws<InvalidDataException>(() => Run(request));
        AssertNothingLeft();
    }

    [Fact]
    public void Run_LayersThatWereMade_AreRemovedUnlessKept()
    {
        Run(Request(true));
        Assert.Empty(Directory.GetFiles(Layers));
        Run(Request(true) with { KeepLayers = true });
        Assert.True(File.Exists(Path.Combine(Layers, CacheFiles.Layer(1))));
        Assert.True(File.Exists(Path.Combine(Layers, CacheFiles.Layer(2))));
    }

    [Fact]
    public void Run_LayersOfTheCache_AreUsedAndStay()
    {
        (string Path, DateTime Written)[] before = [.. Directory.GetFiles(_sector.CachePath).Order().Select(Stamp)];
        Run(Request(true) with { LayerDirectory = _sector.CachePath });
        Assert.Equal(_sector.Data, File.ReadAllBytes(DataPath));
        Assert.Equal(before, Directory.GetFiles(_sector.CachePath).Order().Select(Stamp));
    }

    [Theory]
    [InlineData(-1L, 1L)]
    [InlineData(0L, 0L)]
    [InlineData(0L, 2033L)]
    [InlineData(2032L, null)]
    [InlineData(1L, long.MaxValue)]
    public void Run_RangeOutsideTheSector_IsRefused(long offset, long? size) =>
        Assert.Throws<ArgumentException>(() => Run(Request(true) with { Offset = offset, Size = size }));

    [Fact]
    public void Run_ContradictingRequest_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Run(Request(true) with { UnsealedPath = UnsealedPath, Size = 127 }));
        Assert.Throws<ArgumentException>(() => Run(Request(true) with { CommD = default(Bytes32) }));
        Assert.Throws<ArgumentException>(() => Run(Request(false) with { CommD = null }));
        Assert.Throws<FileNotFoundException>(() => Run(Request(true) with { SealedPath = _folder["none"] }));
    }

    // Labels take hours: nobody wants to hear of a typing error behind them.
    [Theory]
    [InlineData("none/data", "")]
    [InlineData("layers", "")]
    [InlineData("", "none/unsealed")]
    [InlineData("", "layers")]
    public void Run_FilesThatCannotBeMade_AreToldBeforeAnythingIsLabelled(string data, string unsealed)
    {
        var seen = new List<double>();
        UnsealRequest request = Request(true) with
        {
            DataPath = data.Length > 0 ? _folder[data] : DataPath,
            UnsealedPath = unsealed.Length > 0 ? _folder[unsealed] : null,
        };

        Assert.ThrowsAny<IOException>(
            () => UnsealPhase.Run(request, new SealOptions(), new Recorder(seen), CancellationToken.None));

        Assert.Empty(seen);
        AssertNothingLeft();
    }

    [Fact]
    public void Run_Cancelled_LeavesNoFile()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new CancelOn("decode", cancellation);
        Assert.ThrowsAny<OperationCanceledException>(
            () => UnsealPhase.Run(Request(true), new SealOptions { Threads = 2 }, progress, cancellation.Token));
        AssertNothingLeft();
    }

    [Fact]
    public void Run_Progress_RisesToOne()
    {
        var seen = new List<double>();
        UnsealPhase.Run(Request(true), new SealOptions(), new Recorder(seen), CancellationToken.None);
        Assert.Equal(seen.Order(), seen);
        Assert.Equal(1, seen[^1]);
    }

    private static (string Path, DateTime Written) Stamp(string path) => (path, File.GetLastWriteTimeUtc(path));

    private void AssertNothingLeft()
    {
        Assert.Empty(Directory.GetFiles(_folder.Path));
        Assert.Empty(Directory.GetFiles(Layers));
    }

    private static UnsealResult Run(UnsealRequest request) =>
        UnsealPhase.Run(request, new SealOptions { Threads = 2 }, null, CancellationToken.None);

    private UnsealRequest Request(bool piecesKnown) => new()
    {
        Config = PiecesSector.Config,
        ProverId = PiecesSector.ProverId,
        Sector = PiecesSector.Number,
        Ticket = PiecesSector.Ticket,
        CommD = piecesKnown ? null : _sector.CommD,
        Pieces = piecesKnown ? _sector.Pieces : null,
        SealedPath = _sector.SealedPath,
        LayerDirectory = Layers,
        DataPath = DataPath,
    };

    private sealed class CancelOn(string stage, CancellationTokenSource cancellation) : IProgress<PhaseProgress>
    {
        public void Report(PhaseProgress value)
        {
            if (value.Stage == stage)
            {
                cancellation.Cancel();
            }
        }
    }

    private sealed class Recorder(List<double> seen) : IProgress<PhaseProgress>
    {
        public void Report(PhaseProgress value) => seen.Add(value.Fraction);
    }
}
