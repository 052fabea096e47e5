using Federation.Proofs.Poseidon;
using Federation.Proofs.Sha256;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Tests.Verification;

/// <summary>
/// A Merkle tree of up to 2^31 leaves of which few are not zero; only what differs from an empty tree is kept.
/// </summary>
internal sealed class SparseTree
{
    private readonly int[] _arities;
    private readonly bool _binary;
    private readonly byte[][] _empty;
    private readonly Dictionary<long, byte[]>[] _rows;

    private SparseTree(int[] arities, bool binary, IEnumerable<KeyValuePair<long, byte[]>> leaves)
    {
        _arities = arities;
        _binary = binary;
        _empty = new byte[arities.Length + 1][];
        _rows = new Dictionary<long, byte[]>[arities.Length + 1];
        _empty[0] = new byte[32];
        _rows[0] = leaves.ToDictionary();
        for (var row = 0; row < arities.Length; row++)
        {
            _empty[row + 1] = Hash([.. Enumerable.Repeat(_empty[row], arities[row]).SelectMany(node => node)]);
            _rows[row + 1] = _rows[row].Keys.Select(node => node / arities[row]).Distinct()
                .ToDictionary(node => node, node => Hash(Children(row, node)));
        }
    }

    public Bytes32 Root => new(Node(_arities.Length, 0));

    /// <summary>Tree-d of a shape.</summary>
    public static SparseTree TreeD(SectorShape shape, IEnumerable<KeyValuePair<long, byte[]>> leaves) =>
        new([.. Enumerable.Repeat(2, shape.TreeDHeight)], binary: true, leaves);

    /// <summary>Tree-c or tree-r-last of a shape.</summary>
    public static SparseTree Poseidon(SectorShape shape, IEnumerable<KeyValuePair<long, byte[]>> leaves)
    {
        List<int> arities =
            [.. Enumerable.Repeat(shape.BaseArity, shape.BaseTreeHeight), shape.SubArity, shape.TopArity];
        arities.RemoveAll(arity => arity == 0);
        return new([.. arities], binary: false, leaves);
    }

    public MerkleProof Prove(SectorShape shape, long leaf)
    {
        var path = new List<PathElement>();
        var node = leaf;
        for (var row = 0; row < _arities.Length; row++)
        {
            (node, var index) = Math.DivRem(node, _arities[row]);
            var children = Children(row, node);
            byte[] siblings = [.. children[..((int)index * 32)], .. children[(((int)index + 1) * 32)..]];
            path.Add(new PathElement((int)index, siblings));
        }

        var height = _binary ? shape.TreeDHeight : shape.BaseTreeHeight;
        var upper = path[height..];
        return new MerkleProof(
            Root.ToArray(), Node(0, leaf), path[..height], upper.Take(1).ToList(), upper.Skip(1).ToList());
    }

    private byte[] Node(int row, long index) => _rows[row].GetValueOrDefault(index) ?? _empty[row];

    private byte[] Children(int row, long parent) =>
        [.. Enumerable.Range(0, _arities[row]).SelectMany(index => Node(row, (parent * _arities[row]) + index))];

    private byte[] Hash(byte[] children)
    {
        var parent = new byte[32];
        if (_binary)
        {
            TreeHasher.HashPairs(children, parent);
        }
        else
        {
            PoseidonHash.HashNodes(children, parent);
        }

        return parent;
    }
}
