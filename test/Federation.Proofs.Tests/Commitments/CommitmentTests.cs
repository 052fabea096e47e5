using Federation.Proofs.Commitments;
using Federation.Proofs.Pieces;

namespace Federation.Proofs.Tests.Commitments;

public class CommitmentTests
{
    private const string Sealed32GiB = "bagboea4b5abcbx3jccdohrttzfneleehcpkmle4oltwuh4q3rcf5tpdodaoj6mtl";

    [Theory]
    [InlineData(128, "baga6ea4seaqdomn3tgwgrh3g532zopskstnbrd2n3sxfqbze7rxt7vqn7veigmy")]
    [InlineData(2L << 10, "baga6ea4seaqpy7usqklokfx2vxuynmupslkeutzexe2uqurdg5vhtebhxqmpqmy")]
    [InlineData(8L << 20, "baga6ea4seaqgl4u6lwmnerwdrm4iz7ag3mpwwaqtapc2fciabpooqmvjypweeha")]
    [InlineData(512L << 20, "baga6ea4seaqdsvqopmj2soyhujb72jza76t4wpq5fzifvm3ctz47iyytkewnubq")]
    [InlineData(32L << 30, "baga6ea4seaqao7s73y24kcutaosvacpdjgfe5pw76ooefnyqw4ynr3d2y6x2mpq")]
    [InlineData(64L << 30, "baga6ea4seaqomqafu276g53zko4k23xzh4h4uecjwicbmvhsuqi7o4bhthhm4aq")]
    public void Unsealed_ZeroPiece_HasPublishedCid(long size, string cid)
    {
        var commitment = Commitment.Unsealed(ZeroPieces.Commitment(size));
        Assert.Equal(cid, commitment.ToString());
        Assert.Equal(commitment, Commitment.Parse(cid));
    }

    [Fact]
    public void Sealed_MainnetReplica_RoundTrips()
    {
        Assert.True(Commitment.TryParse(Sealed32GiB, out Commitment commitment));
        Assert.Equal(CommitmentKind.Sealed, commitment.Kind);
        Assert.Equal(Sealed32GiB, commitment.ToString());
        Assert.Equal(40, commitment.ToBytes().Length);
        Assert.True(Commitment.TryFromBytes(commitment.ToBytes(), out Commitment again));
        Assert.Equal(commitment, again);
    }

    [Fact]
    public void ToBytes_Unsealed_HasSpecifiedPrefix() => Assert.Equal(
        "0181e203922020" + new string('0', 64), Convert.ToHexStringLower(Commitment.Unsealed(default).ToBytes()));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("b")]
    [InlineData("baga6ea4seaqdomn3tgwgrh3g532zopskstnbrd2n3sxfqbze7rxt7vqn7veigm")]
    [InlineData("baga6ea4seaqdomn3tgwgrh3g532zopskstnbrd2n3sxfqbze7rxt7vqn7veigmya")]
    [InlineData("zaga6ea4seaqdomn3tgwgrh3g532zopskstnbrd2n3sxfqbze7rxt7vqn7veigmy")]
    [InlineData("Baga6ea4seaqdomn3tgwgrh3g532zopskstnbrd2n3sxfqbze7rxt7vqn7veigmy")]
    [InlineData("bAGA6ea4seaqdomn3tgwgrh3g532zopskstnbrd2n3sxfqbze7rxt7vqn7veigmy")]
    [InlineData("baga6ea4seaqdomn3tgwgrh3g532zopskstnbrd2n3sxfqbze7rxt7vqn7veigm1")]
    [InlineData("baga6ea4seaqdomn3tgwgrh3g532zopskstnbrd2n3sxfqbze7rxt7vqn7veigm=")]
    [InlineData("baga6ea4seaqdomn3tgwgrh3g532zopskstnbrd2n3sxfqbze7rxt7vqn7veigmz")]
    [InlineData("bafkqaaa")]
    [InlineData("QmYCuipFyvVW1GojdMrjK1JnMobXtT4zRCZs1CGxjizs99")]
    public void TryParse_AnythingElse_IsRefused(string? text)
    {
        Assert.False(Commitment.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Commitment.Parse(text!));
    }

    [Fact]
    public void TryFromBytes_EveryBitOfThePrefixChanged_IsRefused()
    {
        foreach (byte[] cid in (byte[][])[Commitment.Unsealed(default).ToBytes(), Commitment.Sealed(default).ToBytes()])
        {
            for (int bit = 0; bit < 8 * (cid.Length - 32); bit++)
            {
                byte[] changed = [.. cid];
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.False(Commitment.TryFromBytes(changed, out _));
            }

            Assert.False(Commitment.TryFromBytes(cid.AsSpan(1), out _));
            Assert.False(Commitment.TryFromBytes(cid.AsSpan(0, cid.Length - 1), out _));
        }
    }
}
