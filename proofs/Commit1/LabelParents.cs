using Federation.Proofs.Graph;
using Federation.Proofs.Labels;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Commit1;

/// <summary>The 37 parent labels of a node, collected from its parents' columns.</summary>
internal static class LabelParents
{
    /// <summary>Bytes of the collected labels.</summary>
    public const int Size = SdrLabel.ParentCount * Bytes32.Size;

    /// <summary>
    /// Base parents' labels of this layer, then from layer 2 on expander parents' of the one before; repeated.
    /// </summary>
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

    /// <summary>
    /// Adds to a challenge's paths and columns what follows from them: the labeling proofs and the encoding's.
    /// </summary>
    /// <param name="shape">Shape.</param>
    /// <param name="challenge">Node.</param>
    /// <param name="data">Inclusion in tree-d.</param>
    /// <param name="replica">Inclusion in tree-r-last.</param>
    /// <param name="column">The node's column.</param>
    /// <param name="parents">Its 14 parents' columns.</param>
    public static VanillaProof Complete(
        SectorShape shape,
        uint challenge,
        MerkleProof data,
        MerkleProof replica,
        ColumnProof column,
        ColumnProof[] parents)
    {
        var drgParents = parents[..SdrGraph.BaseDegree];
        var expParents = parents[SdrGraph.BaseDegree..];
        var labeling = new LabelingProof[shape.Layers];
        for (var layer = 1; layer <= shape.Layers; layer++)
        {
            var labels = new byte[Size];
            Collect(layer, drgParents, expParents, labels);
            labeling[layer - 1] = new LabelingProof(labels, (uint)layer, challenge);
        }

        return new VanillaProof
        {
            CommDProof = data,
            CommRLastProof = replica,
            Column = column,
            DrgParents = drgParents,
            ExpParents = expParents,
            Labeling = labeling,
            Encoding = labeling[^1],
        };
    }

    private static ReadOnlySpan<byte> Label(ColumnProof column, int layer) =>
        column.Rows.Span.Slice((layer - 1) * Bytes32.Size, Bytes32.Size);
}
