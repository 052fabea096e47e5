namespace Federation.Chain.Tests;

public sealed class UnsealedDataTests
{
    // CommP of 2 KiB and of 32 GiB of zeros are published constants of every Filecoin implementation.
    private const string Zero2KiB = "baga6ea4seaqpy7usqklokfx2vxuynmupslkeutzexe2uqurdg5vhtebhxqmpqmy";
    private const string Zero2KiBHex = "fc7e928296e516faade986b28f92d44a4f24b935485223376a799027bc18f833";
    private const string Zero32GiB = "baga6ea4seaqao7s73y24kcutaosvacpdjgfe5pw76ooefnyqw4ynr3d2y6x2mpq";
    private const string Zero32GiBHex = "077e5fde35c50a9303a55009e3498a4ebedff39c42b710b730d8ec7ac7afa63e";

    [Fact]
    public void TryParse_PublishedZeroCommitments_GivesTheirBytes()
    {
        Assert.True(UnsealedData.TryParse(Zero32GiB, out var commitment));
        Assert.Equal(Zero32GiBHex, commitment.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("b")]
    [InlineData("bafy2bzaced74yxwiea6qqjleyoba32dejjq77qcg5g7dntrbaxllodiqostay")]
    [InlineData("baga6ea4seaqpy7usqklokfx2vxuynmupslkeutzexe2uqurdg5vhtebhxqmpqm")]
    [InlineData("baga6ea4seaqpy7usqklokfx2vxuynmupslkeutzexe2uqurdg5vhtebhxqmpqmya")]
    [InlineData("baga6ea4seaqpy7usqklokfx2vxuynmupslkeutzexe2uqurdg5vhtebhxqmpqm1")]
    public void TryParse_OtherText_IsRefused(string cid) => Assert.False(UnsealedData.TryParse(cid, out _));

    [Theory]
    [InlineData(2048, Zero2KiBHex)]
    [InlineData(34359738368, Zero32GiBHex)]
    public void TryCommD_ZeroPieceInASector_IsThePublishedZeroCommitment(long sectorSize, string expected)
    {
        Assert.True(UnsealedData.TryCommD(sectorSize, [new ChainPiece(2048, Zero2KiB)], out var commD, out _));
        Assert.Equal(expected, commD.ToString());
    }

    [Fact]
    public void TryCommD_SmallThenLargePiece_FillsUpToAlignment()
    {
        var small = new ChainPiece(2048, Zero2KiB);
        Assert.True(UnsealedData.TryCommD(8192, [small], out var zeros, out _));
        Assert.True(UnsealedData.TryCommD(4096, [small, small], out var half, out _));
        Assert.True(UnsealedData.TryCommD(8192, [small, new ChainPiece(4096, ZeroCid(half))], out var joined, out _));
        Assert.Equal(zeros, joined);
    }

    [Theory]
    [InlineData(2047UL)]
    [InlineData(4096UL)]
    [InlineData(64UL)]
    [InlineData(0UL)]
    public void TryCommD_PieceOfAWrongSize_SaysWhy(ulong size)
    {
        Assert.False(UnsealedData.TryCommD(2048, [new ChainPiece(size, Zero2KiB)], out _, out var reason));
        Assert.Contains("does not fit", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void TryCommD_MoreThanTheSector_SaysWhy()
    {
        var piece = new ChainPiece(2048, Zero2KiB);
        Assert.False(UnsealedData.TryCommD(2048, [piece, piece], out _, out var reason));
        Assert.Contains("take 4096 bytes", reason, StringComparison.Ordinal);
    }

    // The inverse of the parser under test, written another way.
    private static string ZeroCid(Proofs.Bytes32 commitment)
    {
        byte[] bytes = [0x01, 0x81, 0xe2, 0x03, 0x92, 0x20, 32, .. commitment.ToArray()];
        var bits = string.Concat(bytes.Select(static value => Convert.ToString(value, 2).PadLeft(8, '0')));
        var padded = bits.PadRight((bits.Length + 4) / 5 * 5, '0');
        return "b" + string.Concat(padded.Chunk(5).Select(static five =>
            "abcdefghijklmnopqrstuvwxyz234567"[Convert.ToInt32(new string(five), 2)]));
    }
}
