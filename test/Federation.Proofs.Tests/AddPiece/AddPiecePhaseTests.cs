using Federation.Proofs.AddPiece;
using Federation.Proofs.Pieces;

namespace Federation.Proofs.Tests.AddPiece;

public sealed class AddPiecePhaseTests : IDisposable
{
    private static readonly SectorShape Shape = SectorShape.Parse("2KiB");

    private readonly TempFolder _folder = new();

    private string Unsealed => _folder["unsealed"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_SeveralPieces_LieBehindEachOther()
    {
        byte[] first = Data(1016, 1), second = Data(508, 2), third = Data(508, 3);
        var pieces = new List<PieceInfo>();
        foreach (byte[] data in (byte[][])[first, second, third])
        {
            pieces.Add(Add(data, pieces));
        }

        byte[] all = [.. first, .. second, .. third];
        var padded = new byte[2048];
        Fr32.Pad(all, padded);
        Assert.Equal(padded, File.ReadAllBytes(Unsealed));
        Assert.Equal(PieceHasher.Compute(new MemoryStream(second), default), pieces[1]);
    }

    [Fact]
    public void Run_SmallFirstPiece_LeavesZerosBehindIt()
    {
        byte[] data = Data(127, 1);
        Add(data, []);
        byte[] file = File.ReadAllBytes(Unsealed);
        var padded = new byte[128];
        Fr32.Pad(data, padded);
        Assert.Equal(padded, file[..128]);
        Assert.Equal(new byte[2048 - 128], file[128..]);
    }

    [Fact]
    public void Run_PieceOfZerosBehindAnother_OverwritesWhatWasThere()
    {
        PieceInfo first = Add(Data(1016, 1), []);
        using (FileStream file = File.OpenWrite(Unsealed))
        {
            file.Position = 1024;
            file.Write(Data(1024, 9));
        }

        PieceInfo zeros = AddPiecePhase.Run(Request(null, 1016, [first]), null, CancellationToken.None);
        Assert.Equal(ZeroPieces.Commitment(1024), zeros.CommP);
        Assert.Equal(new byte[1024], File.ReadAllBytes(Unsealed)[1024..]);
    }

    [Fact]
    public void Run_CommittedCapacity_WritesNothingAndHasZeroCommitment()
    {
        PieceInfo piece = AddPiecePhase.Run(Request(null, 2032, []), null, CancellationToken.None);
        Assert.Equal(new PieceInfo(2048, ZeroPieces.Commitment(2048)), piece);
        Assert.Equal(new byte[2048], File.ReadAllBytes(Unsealed));
    }

    [Fact]
    public void Run_FileWithTrailer_KeepsIt()
    {
        PieceInfo first = Add(Data(1016, 1), []);
        using (FileStream file = File.OpenWrite(Unsealed))
        {
            file.Seek(0, SeekOrigin.End);
            file.Write([1, 2, 3, 4]);
        }

        Add(Data(1016, 2), [first]);
        Assert.Equal([1, 2, 3, 4], File.ReadAllBytes(Unsealed)[2048..]);
    }

    [Theory]
    [InlineData(126)]
    [InlineData(128)]
    [InlineData(381)]
    [InlineData(0)]
    [InlineData(-127)]
    public void Run_SizeNoPieceHas_IsRefusedUntouched(long size) => AssertRefusedUntouched(Request(null, size, []));

    [Theory]
    [InlineData(1015)]
    [InlineData(1017)]
    [InlineData(0)]
    public void Run_DataOfAnotherLength_IsRefusedUntouched(int length) =>
        AssertRefusedUntouched(Request(new MemoryStream(new byte[length]), 1016, []));

    [Theory]
    [InlineData(1015, "ends after 1015")]
    [InlineData(1017, "goes on")]
    public void Run_UnseekableDataOfAnotherLength_IsRefused(int length, string reason)
    {
        AddPieceRequest request = Request(new TrickleStream(new byte[length], 100), 1016, []);
        var refused = Assert.Throws<PieceSizeException>(() => AddPiecePhase.Run(request, null, CancellationToken.None));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_PieceBeyondTheSector_IsRefusedUntouched()
    {
        AssertRefusedUntouched(Request(null, 4064, []));
        AssertRefusedUntouched(Request(null, 1016, [new PieceInfo(2048, default)]));
    }

    [Fact]
    public void Run_PieceOffItsAlignment_IsRefusedUntouched() =>
        AssertRefusedUntouched(Request(null, 508, [new PieceInfo(256, default)]));

    [Fact]
    public void Run_FileOfExistingPiecesTooShort_NamesIt()
    {
        File.WriteAllBytes(Unsealed, new byte[2047]);
        AddPieceRequest request = Request(null, 1016, [new PieceInfo(1024, default)]);
        var failure = Assert.Throws<InvalidDataException>(() => AddPiecePhase.Run(request, null, default));
        Assert.Contains(Unsealed, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_PieceBehind32GiB_LiesAtItsPlace()
    {
        SectorShape shape = SectorShape.Parse("64GiB");
        AddPiecePhase.Run(
            Request(null, Fr32.UnpaddedSize(32L << 30), []) with { Shape = shape }, null, CancellationToken.None);
        byte[] data = Data(254, 1);
        AddPieceRequest request =
            Request(new MemoryStream(data), 254, [new PieceInfo(32L << 30, default), new PieceInfo(256, default)]);

        PieceInfo piece = AddPiecePhase.Run(request with { Shape = shape }, null, CancellationToken.None);

        using FileStream file = File.OpenRead(Unsealed);
        Assert.Equal(64L << 30, file.Length);
        var (padded, restored) = (new byte[512], new byte[508]);
        file.Position = (32L << 30) + 128;
        file.ReadExactly(padded);
        Fr32.Unpad(padded, restored);
        Assert.Equal([0, .. data, 0], restored[126..382]);
        Assert.Equal(PieceHasher.Compute(new MemoryStream(data), default), piece);
    }

    [Fact]
    public void Run_Cancelled_Throws() => Assert.Throws<OperationCanceledException>(
        () => AddPiecePhase.Run(
            Request(new MemoryStream(new byte[2032]), 2032, []), null, new CancellationToken(canceled: true)));

    private PieceInfo Add(byte[] data, IReadOnlyList<PieceInfo> existing) =>
        AddPiecePhase.Run(Request(new MemoryStream(data), data.Length, [.. existing]), null, CancellationToken.None);

    private void AssertRefusedUntouched(AddPieceRequest request)
    {
        File.WriteAllText(Unsealed, "as it was");
        Assert.Throws<PieceSizeException>(() => AddPiecePhase.Run(request, null, CancellationToken.None));
        Assert.Equal("as it was", File.ReadAllText(Unsealed));
    }

    private AddPieceRequest Request(Stream? data, long size, IReadOnlyList<PieceInfo> existing) => new()
    {
        Shape = Shape,
        UnsealedPath = Unsealed,
        ExistingPieces = existing,
        UnpaddedSize = size,
        Data = data,
    };

    private static byte[] Data(int length, int tag)
    {
        var data = new byte[length];
        CounterData.Fill($"piece {tag}", data);
        return data;
    }
}
