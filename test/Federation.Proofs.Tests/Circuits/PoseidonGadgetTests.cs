using Federation.Proofs.Circuits;
using Federation.Proofs.Constraints;
using Federation.Proofs.Poseidon;

namespace Federation.Proofs.Tests.Circuits;

public sealed class PoseidonGadgetTests
{
    [Theory]
    [InlineData(2, 311)]
    [InlineData(4, 377)]
    [InlineData(8, 505)]
    [InlineData(11, 598)]
    public void Hash_Elements_IsTheirPoseidonInTheReferencesNumberOfRows(int arity, int rows)
    {
        var inputs = new Numbers(arity).Elements(arity);
        var circuit = new Alterations(system =>
        {
            var hash = PoseidonGadget.Hash(system, [.. inputs.Select(input => system.AllocateNum(input))]);
            Assert.Equal(system.HasWitness ? PoseidonHash.Hash(inputs) : hash.Value, hash.Value);
        });

        Assert.Equal(new CircuitSize(rows + 1, 1, arity + rows), circuit.Size);
        circuit.AssertAllBound();
    }
}
