using Federation.Proofs.Fields;
using Federation.Proofs.Poseidon;

namespace Federation.Proofs.Trees;

/// <summary>
/// The rows that tree-r-last does not store, recomputed block by block from the replica. A block is what lies below one
/// node of the lowest stored row. The last blocks are kept, since challenges come in no order but may repeat.
/// Safe for concurrent use.
/// </summary>
internal sealed class DiscardedRows : IDisposable
{
    private const int NodeBytes = SectorShape.NodeSize;
    private const int KeptBlocks = 512;

    private readonly NodeFile _replica;
    private readonly TreeLayout _block;
    private readonly Block?[] _kept = new Block?[KeptBlocks];

    private DiscardedRows(SectorShape shape, NodeFile replica)
    {
        _replica = replica;
        int rows = shape.RowsToDiscard + 1;
        _block = new TreeLayout(shape.BaseArity, 1L << (3 * rows), 0);
    }

    public static DiscardedRows Open(SectorShape shape, string sealedPath) =>
        new(shape, NodeFile.OpenPrefix(sealedPath, shape.Nodes));

    /// <summary>Copies a leaf and returns its path through the missing rows.</summary>
    /// <exception cref="InvalidDataException">The replica holds what is not a field element.</exception>
    public PathElement[] Read(long leaf, Span<byte> value)
    {
        (long number, long leafInBlock) = Math.DivRem(leaf, _block.Leaves);
        Block block = BlockOf(number);
        block.Nodes.AsSpan((int)leafInBlock * NodeBytes, NodeBytes).CopyTo(value);
        return TreePath.Read(
            _block,
            leafInBlock,
            0,
            (first, nodes) => block.Nodes.AsSpan((int)first * NodeBytes, nodes.Length).CopyTo(nodes));
    }

    public void Dispose() => _replica.Dispose();

    private Block BlockOf(long number)
    {
        ref Block? slot = ref _kept[number % KeptBlocks];
        Block? kept = Volatile.Read(ref slot);
        if (kept?.Number == number)
        {
            return kept;
        }

        var block = new Block(number, Compute(number));
        Volatile.Write(ref slot, block);
        return block;
    }

    // All rows of the block, its top node left out: that one is stored.
    private byte[] Compute(long number)
    {
        var nodes = new byte[(_block.StoredNodes - 1) * NodeBytes];
        Span<byte> row = nodes.AsSpan(0, (int)_block.Leaves * NodeBytes);
        _replica.Read(number * _block.Leaves, row);
        try
        {
            Span<byte> above = nodes.AsSpan(row.Length);
            while (!above.IsEmpty)
            {
                Span<byte> parents = above[..(row.Length / _block.Arity)];
                PoseidonBatch.HashNodes(_block.Arity, row, parents);
                row = parents;
                above = above[parents.Length..];
            }
        }
        catch (NonCanonicalFieldElementException failure)
        {
            throw new InvalidDataException(
                $"file {_replica.Path} is corrupt between nodes {number * _block.Leaves} and "
                + $"{((number + 1) * _block.Leaves) - 1}: restore it or seal the sector again",
                failure);
        }

        return nodes;
    }

    private sealed record Block(long Number, byte[] Nodes);
}
