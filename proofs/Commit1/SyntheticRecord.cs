using System.Buffers.Binary;
using Federation.Proofs.Graph;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Commit1;

/// <summary>
/// One challenge's proof in <c>syn-porep-vanilla-proofs.dat</c>, all of one size: challenge and 14 parents (u64 LE),
/// then nodes only: leaf and siblings in tree-d; the column with leaf and siblings in tree-c, of the challenge and of
/// each parent; leaf and siblings in tree-r-last. Positions follow from the node's number and are not stored.
/// </summary>
internal static class SyntheticRecord
{
    private const int NumbersSize = (1 + SdrGraph.Degree) * sizeof(ulong);

    /// <summary>Bytes of a record.</summary>
    public static int Size(SectorShape shape)
    {
        var dataPath = 1 + shape.TreeDHeight;
        var path = 1
            + (shape.BaseTreeHeight * (shape.BaseArity - 1))
            + UpperSiblings(shape.SubArity)
            + UpperSiblings(shape.TopArity);
        return NumbersSize + (Bytes32.Size * (dataPath + path + ((1 + SdrGraph.Degree) * (shape.Layers + path))));
    }

    /// <summary>Writes a record; the buffer has its size.</summary>
    public static void Write(VanillaProof proof, Span<byte> record)
    {
        ColumnProof[] columns = [proof.Column, .. proof.DrgParents, .. proof.ExpParents];
        foreach (var column in columns)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(Take(ref record, sizeof(ulong)), column.Index);
        }

        WriteInclusion(proof.CommDProof, ref record);
        foreach (var column in columns)
        {
            column.Rows.Span.CopyTo(Take(ref record, column.Rows.Length));
            WriteInclusion(column.Inclusion, ref record);
        }

        WriteInclusion(proof.CommRLastProof, ref record);
    }

    /// <summary>Reads a record.</summary>
    /// <param name="graph">Graph.</param>
    /// <param name="challenge">The challenge that the record must be of.</param>
    /// <param name="record">A record's bytes.</param>
    /// <param name="commD">Root of tree-d.</param>
    /// <param name="commC">Root of tree-c.</param>
    /// <param name="commRLast">Root of tree-r-last.</param>
    /// <exception cref="InvalidDataException">The record is of another challenge or graph.</exception>
    public static VanillaProof Read(
        SdrGraph graph, uint challenge, ReadOnlyMemory<byte> record, Bytes32 commD, Bytes32 commC, Bytes32 commRLast)
    {
        var shape = graph.Config.Shape;
        var nodes = new uint[1 + SdrGraph.Degree];
        nodes[0] = challenge;
        graph.Parents(challenge, nodes.AsSpan(1));
        foreach (var node in nodes)
        {
            var stored = BinaryPrimitives.ReadUInt64LittleEndian(Take(ref record, sizeof(ulong)).Span);
            if (stored != node)
            {
                throw new InvalidDataException(
                    $"a synthetic proof of node {stored} stands where node {node} is needed");
            }
        }

        var data = ReadInclusion(ref record, commD, challenge, shape.TreeDHeight, 2, 0, 0);
        var columns = new ColumnProof[nodes.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            var rows = Take(ref record, shape.Layers * Bytes32.Size);
            columns[i] = new ColumnProof(nodes[i], rows, ReadPoseidon(ref record, commC, nodes[i], shape));
        }

        var replica = ReadPoseidon(ref record, commRLast, challenge, shape);
        return LabelParents.Complete(shape, challenge, data, replica, columns[0], columns[1..]);
    }

    private static int UpperSiblings(int arity) => Math.Max(arity - 1, 0);

    private static void WriteInclusion(MerkleProof proof, ref Span<byte> record)
    {
        proof.Leaf.Span.CopyTo(Take(ref record, Bytes32.Size));
        foreach (var path in new[] { proof.BasePath, proof.SubPath, proof.TopPath })
        {
            foreach (var element in path)
            {
                element.Siblings.Span.CopyTo(Take(ref record, element.Siblings.Length));
            }
        }
    }

    private static MerkleProof ReadPoseidon(
        ref ReadOnlyMemory<byte> record, Bytes32 root, uint node, SectorShape shape) =>
        ReadInclusion(ref record, root, node, shape.BaseTreeHeight, shape.BaseArity, shape.SubArity, shape.TopArity);

    private static MerkleProof ReadInclusion(
        ref ReadOnlyMemory<byte> record, Bytes32 root, uint node, int height, int baseArity, int subArity, int topArity)
    {
        var leaf = Take(ref record, Bytes32.Size);
        var position = node;
        var basePath = new PathElement[height];
        for (var i = 0; i < height; i++)
        {
            basePath[i] = ReadElement(ref record, ref position, baseArity);
        }

        PathElement[] subPath = subArity == 0 ? [] : [ReadElement(ref record, ref position, subArity)];
        PathElement[] topPath = topArity == 0 ? [] : [ReadElement(ref record, ref position, topArity)];
        return new MerkleProof(root.ToArray(), leaf, basePath, subPath, topPath);
    }

    private static PathElement ReadElement(ref ReadOnlyMemory<byte> record, ref uint position, int arity)
    {
        (position, var index) = Math.DivRem(position, (uint)arity);
        return new PathElement((int)index, Take(ref record, (arity - 1) * Bytes32.Size));
    }

    private static Span<byte> Take(ref Span<byte> rest, int length)
    {
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> rest, int length)
    {
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
