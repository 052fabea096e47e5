using System.Security.Cryptography;
using System.Text.Json;
using Federation.Proofs.Commitments;
using Federation.Proofs.Pieces;

namespace Federation.Proofs.Tests.Pieces;

public class PieceTests
{
    public static TheoryData<long, string, string> PieceVectors()
    {
        using var document = JsonDocument.Parse(Vectors.Read("pieces.json"));
        var cases = new TheoryData<long, string, string>();
        foreach (JsonElement piece in document.RootElement.EnumerateArray())
        {
            cases.Add(
                piece.GetProperty("unpadded_bytes").GetInt64(),
                piece.GetProperty("data_sha256").GetString()!,
                piece.GetProperty("comm_p").GetString()!);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(PieceVectors))]
    public void PieceHasher_GoldenPiece_HasItsCommP(long length, string sha256, string commP)
    {
        var data = new byte[length];
        CounterData.Fill("federation/piece", data);
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(data)));

        PieceInfo piece = PieceHasher.Compute(new TrickleStream(data, 100), CancellationToken.None);

        Assert.Equal(commP, piece.CommP.ToString());
        Assert.True(piece.UnpaddedSize >= length && piece.UnpaddedSize < Math.Max(128, 2 * length));
    }

    [Theory]
    [InlineData(127, 128, "baga6ea4seaqmfldjtozgne6adk7eve2vdxte7vzlivae7nzsbrawobo546zkijq")]
    [InlineData(1016, 1024, "baga6ea4seaqjxgfdkdu37aryhg7bqqiwizj5f6ugasftgeocabwnj4cxkgisaoq")]
    [InlineData(1024, 2048, "baga6ea4seaqdlpnhgsndrgjeu4p46hahlsr4lybg6du4d56ooppdpxhcofxeuoi")]
    public void PieceHasher_PublishedPieceOfCc_HasItsCid(int length, long paddedSize, string cid)
    {
        byte[] data = [.. Enumerable.Repeat((byte)0xcc, length)];
        PieceInfo piece = PieceHasher.Compute(new MemoryStream(data), CancellationToken.None);
        Assert.Equal(paddedSize, piece.PaddedSize);
        Assert.Equal(cid, Commitment.Unsealed(piece.CommP).ToString());
    }

    // Around the hasher's chunk: the tree over all padded bytes, computed at once, says the same.
    [Theory]
    [InlineData(PieceHasher.UnpaddedChunkBytes - 1)]
    [InlineData(PieceHasher.UnpaddedChunkBytes)]
    [InlineData(PieceHasher.UnpaddedChunkBytes + 1)]
    [InlineData((3 * PieceHasher.UnpaddedChunkBytes) + 5000)]
    [InlineData(5 * PieceHasher.UnpaddedChunkBytes)]
    public void PieceHasher_AcrossChunks_EqualsWholeTree(int length)
    {
        var data = new byte[length];
        CounterData.Fill("chunks", data);
        PieceInfo piece = PieceHasher.Compute(new MemoryStream(data), CancellationToken.None);

        Assert.Equal(WholeTree(data, piece.PaddedSize), piece.CommP);
    }

    // Zeros are not hashed, wherever they lie; the copy has them all the same.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void PieceHasher_ChunkOfZeros_EqualsWholeTreeAndIsCopied(int zeroChunk)
    {
        const int chunks = 4;
        var data = new byte[chunks * PieceHasher.UnpaddedChunkBytes];
        CounterData.Fill("zeros", data);
        data.AsSpan(zeroChunk * PieceHasher.UnpaddedChunkBytes, PieceHasher.UnpaddedChunkBytes).Clear();
        var copy = new MemoryStream();
        var hasher = new PieceHasher(copy);
        hasher.Append(data.AsSpan(0, 1));
        hasher.Append(data.AsSpan(1));
        PieceInfo piece = hasher.Finish();

        var padded = new byte[chunks * PieceHasher.PaddedChunkBytes];
        Fr32.Pad(data, padded);
        Assert.Equal(padded, copy.ToArray());
        Assert.Equal(WholeTree(data, padded.Length), piece.CommP);
    }

    private static Bytes32 WholeTree(byte[] data, long paddedSize)
    {
        var row = new byte[paddedSize];
        Fr32.Pad(data, row.AsSpan(0, Fr32.EncodedLength(data.Length)));
        while (row.Length > 32)
        {
            var parents = new byte[row.Length / 2];
            for (int i = 0; i < parents.Length; i += 32)
            {
                SHA256.HashData(row.AsSpan(2 * i, 64), parents.AsSpan(i, 32));
                parents[i + 31] &= 0x3f;
            }

            row = parents;
        }

        return new Bytes32(row);
    }

    [Fact]
    public void PieceHasher_Empty_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => new PieceHasher().Finish());

    [Fact]
    public void PieceHasher_Cancelled_Throws() => Assert.Throws<OperationCanceledException>(
        () => PieceHasher.Compute(new MemoryStream(new byte[127]), new CancellationToken(canceled: true)));

    [Theory]
    [InlineData(32, "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(64, "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb0b")]
    [InlineData(128, "3731bb99ac689f66eef5973e4a94da188f4ddcae580724fc6f3fd60dfd488333")]
    [InlineData(2L << 10, "fc7e928296e516faade986b28f92d44a4f24b935485223376a799027bc18f833")]
    [InlineData(32L << 10, "2c1a964bb90b59ebfe0f6da29ad65ae3e417724a8f7c11745a40cac1e5e74011")]
    [InlineData(8L << 20, "65f29e5d98d246c38b388cfc06db1f6b021303c5a289000bdce832a9c3ec421c")]
    [InlineData(512L << 20, "39560e7b13a93b07a243fd2720ffa7cb3e1d2e505ab3629e79f46313512cda06")]
    [InlineData(32L << 30, "077e5fde35c50a9303a55009e3498a4ebedff39c42b710b730d8ec7ac7afa63e")]
    [InlineData(64L << 30, "e64005a6bfe3777953b8ad6ef93f0fca1049b2041654f2a411f7702799cece02")]
    public void ZeroPiece_OfSize_HasPublishedCommitment(long size, string commitment) =>
        Assert.Equal(commitment, ZeroPieces.Commitment(size).ToString());

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(96)]
    public void ZeroPiece_OfImpossibleSize_IsRefused(long size) =>
        Assert.Throws<ArgumentException>(() => ZeroPieces.Commitment(size));

    [Theory]
    [InlineData(2048)]
    [InlineData(128)]
    public void CommD_WithoutPieces_IsZeroCommitment(long sectorSize) =>
        Assert.Equal(ZeroPieces.Commitment(sectorSize), DataCommitment.FromPieces([], sectorSize));

    [Fact]
    public void CommD_OfUnalignedPieces_HasZerosBetween()
    {
        PieceInfo small = PieceOf(127, 1);
        PieceInfo large = PieceOf(508, 2);
        Bytes32 commD = DataCommitment.FromPieces([small, large], 2048);

        byte[] data = [.. Data(127, 1), .. new byte[381], .. Data(508, 2), .. new byte[1016]];
        Assert.Equal(PieceHasher.Compute(new MemoryStream(data), CancellationToken.None).CommP, commD);
    }

    [Fact]
    public void CommD_OfPiecesThatFillTheSector_IsCommPOfTheirData()
    {
        Bytes32 commD = DataCommitment.FromPieces([PieceOf(1016, 3), PieceOf(508, 4), PieceOf(508, 5)], 2048);
        byte[] data = [.. Data(1016, 3), .. Data(508, 4), .. Data(508, 5)];
        Assert.Equal(PieceHasher.Compute(new MemoryStream(data), CancellationToken.None).CommP, commD);
    }

    [Fact]
    public void CommD_OfPiecesBeyondTheSector_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => DataCommitment.FromPieces([PieceOf(4064, 1)], 2048));
        Assert.Throws<ArgumentException>(() => DataCommitment.FromPieces([PieceOf(127, 1), PieceOf(2032, 1)], 2048));
        Assert.Throws<ArgumentException>(
            () => DataCommitment.FromPieces([PieceOf(1016, 1), PieceOf(1016, 1), PieceOf(127, 1)], 2048));
    }

    [Theory]
    [InlineData(0, 0, 0, 127)]
    [InlineData(0, 127, 0, 0)]
    [InlineData(0, 254, 0, 0)]
    [InlineData(0, 508, 0, 0)]
    [InlineData(0, 1016, 0, 0)]
    [InlineData(127, 127, 0, 0)]
    [InlineData(127, 254, 127, 0)]
    [InlineData(127, 508, 381, 0)]
    [InlineData(100, 100, 27, 27)]
    [InlineData(200, 200, 54, 54)]
    [InlineData(300, 300, 208, 208)]
    public void Alignment_PublishedCases_AgreeWithReference(long written, long piece, long left, long right) =>
        Assert.Equal(new PieceAlignment(left, right), PieceAlignment.Of(written, piece));

    [Fact]
    public void StartOf_PublishedPieces_AgreesWithReference()
    {
        Assert.Equal(0, PieceAlignment.StartOf([], 31));
        Assert.Equal(127, PieceAlignment.StartOf([31], 32));
        Assert.Equal(254, PieceAlignment.StartOf([31, 32], 33));
    }

    [Theory]
    [InlineData(127)]
    [InlineData(64)]
    [InlineData(384)]
    [InlineData(0)]
    public void PieceInfo_OfImpossibleSize_IsRefused(long size) =>
        Assert.Throws<ArgumentException>(() => new PieceInfo(size, default));

    private static PieceInfo PieceOf(int length, int tag) =>
        PieceHasher.Compute(new MemoryStream(Data(length, tag)), CancellationToken.None);

    private static byte[] Data(int length, int tag)
    {
        var data = new byte[length];
        CounterData.Fill($"piece {tag}", data);
        return data;
    }
}
