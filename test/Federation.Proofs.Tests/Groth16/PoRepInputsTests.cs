using Federation.Proofs.Groth16;

namespace Federation.Proofs.Tests.Groth16;

public sealed class PoRepInputsTests
{
    [Theory]
    [InlineData("2KiB-0")]
    [InlineData("2KiB-5")]
    public void Form_ReferencesSector_AreItsProofsInputs(string name)
    {
        var seal = Vectors.Seal(name);

        Assert.Equal(ProofVector.Named($"porep {name}").Inputs, PoRepInputs.Form(seal.Config, seal.Inputs));
    }

    [Theory]
    [InlineData(8, 10, 327)]
    [InlineData(18, 126, 327)]
    [InlineData(15, 13, 39)]
    public void Form_EachPartition_HasTheCircuitsNumberOfInputs(int registered, int partitions, int inputs)
    {
        var formed = PoRepInputs.Form(SealConfig.FromRegistered(registered), Vectors.Seal("2KiB-5").Inputs);

        Assert.Equal(partitions, formed.Count);
        Assert.All(formed, list => Assert.Equal(inputs, list.Length));
    }

    [Fact]
    public void Form_CommRNotAFieldElement_IsRefused()
    {
        var inputs = Vectors.Seal("2KiB-5").Inputs with { CommR = new(Enumerable.Repeat((byte)0xff, 32).ToArray()) };

        Assert.StartsWith(
            "CommR ffff",
            Assert.Throws<ArgumentException>(() => PoRepInputs.Form(SealConfig.FromRegistered(5), inputs)).Message);
    }
}
