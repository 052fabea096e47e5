using System.Security.Cryptography;
using Federation.Proofs.Circuits;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Tests.Circuits;

public sealed class PoRepPublicInputsTests
{
    /// <summary>Digests of the inputs, 32 bytes each, under which the reference proved these sectors.</summary>
    [Theory]
    [InlineData("2KiB-0", "84f5979825ce84fe03fa108fbb91a63930166bd84318d83e0d41f9e98c7ccda3")]
    [InlineData("2KiB-5", "67dafcf8c0f5c4271f83436cecf814adeab4a5d2d8d26ca926c72cf8b15e7b10")]
    public void Of_ReferencesSector_AreThoseItProved(string seal, string digest)
    {
        var vector = Vectors.Seal(seal);

        var inputs = Assert.Single(PoRepPublicInputs.Of(vector.Config, vector.Inputs));

        Assert.Equal(39, inputs.Length);
        Assert.Equal(
            digest, Convert.ToHexStringLower(SHA256.HashData([.. inputs.SelectMany(input => input.ToBytes())])));
    }

    [Theory]
    [InlineData(8, 10, 327)]
    [InlineData(19, 126, 327)]
    [InlineData(15, 13, 39)]
    public void Of_Shape_HasItsPartitions(int registered, int partitions, int count)
    {
        var inputs = PoRepPublicInputs.Of(
            SealConfig.FromRegistered(registered), Vectors.Seal("2KiB-5").Inputs);

        Assert.Equal(partitions, inputs.Length);
        Assert.All(inputs, partition => Assert.Equal(count, partition.Length));
        Assert.NotEqual(inputs[0][3], inputs[1][3]);
    }

    [Fact]
    public void Of_CommitmentNotBelowTheModulus_IsRefused()
    {
        var vector = Vectors.Seal("2KiB-5");
        var inputs = vector.Inputs with { CommR = new Bytes32(Enumerable.Repeat((byte)0xff, 32).ToArray()) };

        Assert.Throws<NonCanonicalFieldElementException>(() => PoRepPublicInputs.Of(vector.Config, inputs));
    }
}
