using Federation.Proofs.Curve;
using Federation.Proofs.Groth16;

namespace Federation.Proofs.Tests.Groth16;

public sealed class Groth16ProofTests
{
    private static readonly byte[] Good = ProofVector.Named("porep 2KiB-0").Proof;

    [Theory]
    [MemberData(nameof(ProofVector.Names), MemberType = typeof(ProofVector))]
    public void TryReadAll_ReferencesProof_IsWrittenBackTheSame(string name)
    {
        var vector = ProofVector.Named(name);

        Assert.True(Groth16Proof.TryReadAll(vector.Proof, vector.Inputs.Count, out var proofs, out _));
        Assert.Equal(vector.Proof, Groth16Proof.ToBytes(proofs));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(191)]
    [InlineData(193)]
    [InlineData(384)]
    public void TryRead_WrongLength_SaysSo(int size)
    {
        Assert.False(Groth16Proof.TryRead(new byte[size], out _, out var reason));
        Assert.Equal($"a proof has 192 bytes, not {size}", reason);
    }

    [Fact]
    public void TryReadAll_OtherCount_SaysSo()
    {
        Assert.False(Groth16Proof.TryReadAll(Good, 10, out var none, out var reason));
        Assert.Equal("10 proofs have 1920 bytes, not 192", reason);
        Assert.Empty(none);
    }

    [Theory]
    [InlineData(0, 48, "A")]
    [InlineData(48, 96, "B")]
    [InlineData(144, 48, "C")]
    public void TryRead_Infinity_NamesTheElement(int offset, int size, string element)
    {
        var bytes = Good.ToArray();
        bytes.AsSpan(offset, size).Clear();
        bytes[offset] = 0xc0;

        Assert.False(Groth16Proof.TryRead(bytes, out _, out var reason));
        Assert.StartsWith($"element {element}: The bytes are infinity", reason);
    }

    [Fact]
    public void TryReadAll_SecondProofBad_SaysWhich()
    {
        byte[] bytes = [.. Good, .. Good];
        bytes[192] &= 0x7f;

        Assert.False(Groth16Proof.TryReadAll(bytes, 2, out _, out var reason));
        Assert.StartsWith("proof 1: element A", reason);
    }

    [Fact]
    public void TryRead_PointOutsideTheGroup_IsRefused()
    {
        // Of the curve's points one in 2^126 is in the group: the first of small x is not.
        var bytes = Good.ToArray();
        var outside = new byte[G1Affine.CompressedBytes];
        var fault = PointFault.NotOnCurve;
        for (byte x = 1; fault == PointFault.NotOnCurve; x++)
        {
            outside[0] = 0x80;
            outside[^1] = x;
            fault = G1Affine.TryFromCompressed(outside, out _, PointChecks.Curve);
        }

        outside.CopyTo(bytes, 0);

        Assert.Equal(PointFault.None, fault);
        Assert.False(Groth16Proof.TryRead(bytes, out _, out var reason));
        Assert.Contains("not in the group", reason);
    }
}
