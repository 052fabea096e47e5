using Federation.Proofs.Circuits;

namespace Federation.Proofs.Tests.Circuits;

public sealed class InsertionTests
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(4, 8)]
    [InlineData(8, 22)]
    public void Place_EveryIndex_InsertsTheNode(int arity, int rows)
    {
        for (var index = 0; index < arity; index++)
        {
            var place = index;
            var values = new Numbers(index).Elements(arity);
            var circuit = new Alterations(system =>
            {
                Num[] all = [.. values.Select(value => system.AllocateNum(value))];
                Bit[] bits = [.. Enumerable.Range(0, 3).Where(i => 1 << i < arity)
                    .Select(i => system.AllocateBit((place >> i & 1) != 0))];
                var children = new Num[arity];
                Insertion.Place(system, all[place], [.. all.Where((_, i) => i != place)], bits, children);
                Assert.Equal(
                    system.HasWitness ? values : children.Select(child => child.Value),
                    children.Select(child => child.Value));
            });

            var bits = System.Numerics.BitOperations.Log2((uint)arity);
            Assert.Equal(bits + rows + 1, circuit.Size.Constraints);
            circuit.AssertAllBound();
        }
    }

    [Fact]
    public void Place_OtherArity_IsRefused() => Assert.Throws<ArgumentException>(() =>
        new Alterations(system => Insertion.Place(system, default, new Num[2], new Bit[2], new Num[3])));
}
