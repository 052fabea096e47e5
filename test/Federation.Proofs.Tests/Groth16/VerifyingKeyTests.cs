using Federation.Proofs.Groth16;

namespace Federation.Proofs.Tests.Groth16;

public sealed class VerifyingKeyTests
{
    [Theory]
    [InlineData("porep-2KiB", 39)]
    [InlineData("window-2KiB", 22)]
    [InlineData("winning-2KiB", 132)]
    public void FromBytes_ReferencesKey_IsWrittenBackTheSame(string circuit, int inputs)
    {
        var bytes = ProofVector.KeyBytes(circuit);

        var key = VerifyingKey.FromBytes(bytes);

        Assert.Equal(inputs, key.PublicInputs);
        Assert.Equal(bytes.Length, key.EncodedBytes);
        Assert.Equal(bytes, key.ToBytes());
    }

    [Theory]
    [InlineData(0, "alpha in G1")]
    [InlineData(96, "beta in G1")]
    [InlineData(2 * 96, "beta in G2")]
    [InlineData(4 * 96, "gamma in G2")]
    [InlineData(6 * 96, "delta in G1")]
    [InlineData(7 * 96, "delta in G2")]
    [InlineData(868, "ic[0] in G1")]
    [InlineData(868 + (22 * 96), "ic[22] in G1")]
    public void FromBytes_OneBitOfAPointFlipped_NamesThePoint(int offset, string name)
    {
        foreach (var (at, mask, reason) in new[]
        {
            (40, 1, "no point of the curve"),
            (90, 0x10, "no point of the curve"),
            (0, 0x80, "flags"),
            (0, 0x40, "flags"),
            (0, 0x20, "flags"),
        })
        {
            var bytes = ProofVector.KeyBytes("window-2KiB");
            bytes[offset + at] ^= (byte)mask;

            var error = Assert.Throws<FormatException>(() => VerifyingKey.FromBytes(bytes));

            Assert.StartsWith(name, error.Message);
            Assert.Contains(reason, error.Message);
        }
    }

    [Fact]
    public void FromBytes_Infinity_IsRefused()
    {
        var bytes = ProofVector.KeyBytes("window-2KiB");
        bytes.AsSpan(868, 96).Clear();
        bytes[868] = 0x40;

        Assert.Contains(
            "ic[0] in G1: The bytes are infinity",
            Assert.Throws<FormatException>(() => VerifyingKey.FromBytes(bytes)).Message);
    }

    [Theory]
    [InlineData(0, "the bytes end at 0, within alpha")]
    [InlineData(866, "the bytes end at 866, within ic")]
    [InlineData(3075, "the bytes end at 3075, within ic, which has 23 elements")]
    [InlineData(3077, "1 bytes follow the last element")]
    public void FromBytes_WrongLength_SaysWhere(int size, string reason)
    {
        var bytes = ProofVector.KeyBytes("window-2KiB");
        Array.Resize(ref bytes, size);

        Assert.Equal(reason, Assert.Throws<FormatException>(() => VerifyingKey.FromBytes(bytes)).Message);
    }

    [Fact]
    public void FromBytes_CountOf32Bits_IsNoAllocation()
    {
        var bytes = ProofVector.KeyBytes("window-2KiB");
        bytes.AsSpan(864, 4).Fill(0xff);

        Assert.Contains(
            "4294967295 elements", Assert.Throws<FormatException>(() => VerifyingKey.FromBytes(bytes)).Message);
    }
}
