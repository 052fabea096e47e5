using Federation.Proofs.Circuits;
using Federation.Proofs.Constraints;

namespace Federation.Proofs.Tests.Circuits;

public sealed class StackedDrgCircuitTests
{
    public static TheoryData<string> Sizes => [.. SectorShape.All.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Count_EveryShape_IsTheReferences(string size) =>
        Assert.Equal(CircuitVector.Of("porep", size).Size, CountingSystem.Count(Circuit(size)));

    [Theory]
    [InlineData("2KiB")]
    [InlineData("32KiB")]
    [Trait("Category", "Slow")]
    public void Digest_ShapeWithVector_IsTheReferences(string size)
    {
        var expected = CircuitVector.Of("porep", size);

        var digest = CircuitDigest.Compute(Circuit(size));

        Assert.Equal(expected.Running, digest.Running);
        Assert.Equal(expected.Sha256, digest.Sha256);
        Assert.Equal(expected.Size, digest.Size);
    }

    private static StackedDrgCircuit Circuit(string size) => new(SectorShape.Parse(size));
}
