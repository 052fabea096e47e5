using Federation.Proofs.Circuits;
using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;
using Federation.Proofs.Labels;
using Federation.Proofs.Tests.Constraints;

namespace Federation.Proofs.Tests.Circuits;

public sealed class LabelGadgetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Make_Parents_IsTheNodesLabel(int layer)
    {
        const uint Node = 0x8123_4567;
        var numbers = new Numbers(layer);
        var replicaId = numbers.Node();
        byte[][][] columns = [.. Enumerable.Range(0, 14).Select(_ => new[] { numbers.Node(), numbers.Node() })];
        var made = Fr.Zero;
        var circuit = new LambdaCircuit(system =>
        {
            var replicaBits = new Bit[256];
            system.ToMessage(system.AllocateNode(replicaId), replicaBits);
            Bit[] node = [.. Enumerable.Range(0, 64).Select(i => system.AllocateBit(((ulong)Node >> i & 1) != 0))];
            Num[][] parents = [.. columns.Select(column => column.Select(row => system.AllocateNode(row)).ToArray())];
            made = new LabelGadget(system, replicaBits).Make(layer, node, parents[..6], parents[6..]).Value;
        });

        new Alterations(circuit, step: 7).AssertAllBound(Unused(layer));

        byte[][] once =
        [
            .. columns[..6].Select(column => column[layer - 1]),
            .. columns[6..].Where(_ => layer > 1).Select(column => column[0]),
        ];
        var repeated = Enumerable.Range(0, 37).SelectMany(i => once[i % once.Length]).ToArray();
        var label = new byte[32];
        SdrLabel.Compute(new Bytes32(replicaId), (uint)layer, Node, repeated, label);
        Assert.Equal(Fr.FromBytes(label), made);
    }

    /// <summary>Rows of parents that a layer does not hash: the column's other row, and layer 1's expanders.</summary>
    private static Variable[] Unused(int layer)
    {
        const int BeforeParents = 256 + 64, Parents = 14, BaseParents = 6;
        return
        [
            .. from i in Enumerable.Range(0, Parents)
               from row in Enumerable.Range(0, 2)
               where row != (i < BaseParents ? layer - 1 : layer - 2)
               select Variable.Aux(BeforeParents + (2 * i) + row),
        ];
    }
}
