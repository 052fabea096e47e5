using System.Numerics;

namespace Federation.Proofs.Trees;

/// <summary>
/// Where the rows of a tree lie in its file: leaf row first, root last, nodes of 32 bytes, no header. Rows that are not
/// stored (tree-r-last lacks its leaves and the next rows) are left out. All numbers count nodes. Immutable.
/// </summary>
public sealed class TreeLayout
{
    private readonly long[] _offsets;

    /// <summary>Creates the layout of one file.</summary>
    /// <param name="arity">Children of a node: 2 or 8.</param>
    /// <param name="leaves">Number of leaves, a power of the arity.</param>
    /// <param name="skippedRows">Rows missing at the bottom, the leaf row included.</param>
    /// <exception cref="ArgumentException">The leaves are no power of the arity, or no row is left.</exception>
    public TreeLayout(int arity, long leaves, int skippedRows)
    {
        int bits = BitOperations.Log2((uint)arity);
        Height = BitOperations.TrailingZeroCount(leaves) / bits;
        if (leaves < 1 || leaves != 1L << (Height * bits) || arity != 1 << bits)
        {
            throw new ArgumentException($"A tree of arity {arity} cannot have {leaves} leaves.");
        }

        if (skippedRows < 0 || skippedRows > Height)
        {
            throw new ArgumentException($"A tree of {Height + 1} rows cannot skip {skippedRows} of them.");
        }

        Arity = arity;
        Leaves = leaves;
        SkippedRows = skippedRows;
        _offsets = new long[Height + 2];
        for (int row = skippedRows; row <= Height; row++)
        {
            _offsets[row + 1] = _offsets[row] + RowNodes(row);
        }
    }

    /// <summary>Children of a node.</summary>
    public int Arity { get; }

    /// <summary>Number of leaves.</summary>
    public long Leaves { get; }

    /// <summary>Rows missing at the bottom, the leaf row included.</summary>
    public int SkippedRows { get; }

    /// <summary>Number of rows above the leaves; the root is in row <see cref="Height"/>.</summary>
    public int Height { get; }

    /// <summary>Number of nodes in the file.</summary>
    public long StoredNodes => _offsets[Height + 1];

    /// <summary>Tree-d of a sector.</summary>
    public static TreeLayout TreeD(SectorShape shape) => new(2, shape.Nodes, 0);

    /// <summary>One base tree of tree-c.</summary>
    public static TreeLayout TreeC(SectorShape shape) => new(shape.BaseArity, shape.BaseTreeLeaves, 0);

    /// <summary>One base tree of tree-r-last.</summary>
    public static TreeLayout TreeRLast(SectorShape shape) =>
        new(shape.BaseArity, shape.BaseTreeLeaves, shape.RowsToDiscard + 1);

    /// <summary>Number of nodes in a row; the leaves are row 0.</summary>
    public long RowNodes(int row) => Leaves >> (row * BitOperations.Log2((uint)Arity));

    /// <summary>Position of a row's first node in the file.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row does not exist or is not stored.</exception>
    public long RowOffset(int row)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(row, SkippedRows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(row, Height);
        return _offsets[row];
    }
}
