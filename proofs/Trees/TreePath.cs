namespace Federation.Proofs.Trees;

/// <summary>Fills a span with consecutive nodes, beginning at a position of the file.</summary>
internal delegate void NodeReader(long firstNode, Span<byte> nodes);

/// <summary>Paths through rows of nodes.</summary>
internal static class TreePath
{
    private const int NodeBytes = SectorShape.NodeSize;

    /// <summary>The steps from row <paramref name="fromRow"/> up to the root, siblings read from the file.</summary>
    public static PathElement[] Read(TreeLayout layout, long leaf, int fromRow, NodeReader read)
    {
        var path = new PathElement[layout.Height - fromRow];
        Span<byte> children = stackalloc byte[layout.Arity * NodeBytes];
        long node = leaf / (layout.Leaves / layout.RowNodes(fromRow));
        for (int row = fromRow; row < layout.Height; row++)
        {
            (long parent, long index) = Math.DivRem(node, layout.Arity);
            read(layout.RowOffset(row) + (parent * layout.Arity), children);
            path[row - fromRow] = Element(children, (int)index);
            node = parent;
        }

        return path;
    }

    /// <summary>One step from all children of a node.</summary>
    public static PathElement Element(ReadOnlySpan<byte> children, int index)
    {
        int own = index * NodeBytes;
        var siblings = new byte[children.Length - NodeBytes];
        children[..own].CopyTo(siblings);
        children[(own + NodeBytes)..].CopyTo(siblings.AsSpan(own));
        return new PathElement(index, siblings);
    }
}
