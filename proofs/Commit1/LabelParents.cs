using Federation.Proofs.Graph;
using Federation.Proofs.Labels;

namespace Federation.Proofs.Commit1;

/// <summary>The 37 parent labels of a node, collected from its parents' columns.</summary>
internal static class LabelParents
{
    /// <summary>Bytes of the collected labels.</summary>
    public const int Size = SdrLabel.ParentCount * Bytes32.Size;

    /// <summary>Base parents' labels of this layer, then from layer 2 on expander parents' of the one before; repeated.</summary>
    /// <param name="layer">Layer, counted from 1.</param>
    /// <param name="drgParents">Six columns.</param>
    /// <param name="expParents">Eight columns.</param>
    /// <param name="parents">37 × 32 bytes for the result.</param>
    public static void Collect(
        int layer, IReadOnlyList<ColumnProof> drgParents, IReadOnlyList<ColumnProof> expParents, Span<byte> parents)
    {
        var distinct = layer == 1 ? SdrGraph.BaseDegree : SdrGraph.Degree;
        for (var k = 0; k < SdrLabel.ParentCount; k++)
        {
            var parent = k % distinct;
            var label = parent < SdrGraph.BaseDegree
                ? Label(drgParents[parent], layer)
                : Label(expParents[parent - SdrGraph.BaseDegree], layer - 1);
            label.CopyTo(parents.Slice(k * Bytes32.Size, Bytes32.Size));
        }
    }

    private static ReadOnlySpan<byte> Label(ColumnProof column, int layer) =>
        column.Rows.Span.Slice((layer - 1) * Bytes32.Size, Bytes32.Size);
}
