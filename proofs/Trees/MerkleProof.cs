using Federation.Proofs.Fields;
using Federation.Proofs.Poseidon;
using Federation.Proofs.Sha256;

namespace Federation.Proofs.Trees;

/// <summary>
/// Inclusion of a leaf in a tree that is made of base trees, sub trees over their roots and a top tree over those.
/// Paths run from leaf to root; an absent level has an empty path. Immutable.
/// </summary>
public sealed class MerkleProof
{
    private const int NodeBytes = 32;

    /// <summary>Creates a proof from its parts; whether it holds is asked with <see cref="Verify"/>.</summary>
    /// <exception cref="ArgumentException">Root or leaf are not 32 bytes, or a top path has no sub path.</exception>
    public MerkleProof(
        ReadOnlyMemory<byte> root,
        ReadOnlyMemory<byte> leaf,
        IReadOnlyList<PathElement> basePath,
        IReadOnlyList<PathElement>? subPath = null,
        IReadOnlyList<PathElement>? topPath = null)
    {
        ArgumentNullException.ThrowIfNull(basePath);
        if (root.Length != NodeBytes || leaf.Length != NodeBytes)
        {
            throw new ArgumentException(
                $"Root and leaf are {NodeBytes} bytes each, not {root.Length} and {leaf.Length}.");
        }

        Root = root;
        Leaf = leaf;
        BasePath = basePath;
        SubPath = subPath ?? [];
        TopPath = topPath ?? [];
        if (TopPath.Count > 0 && SubPath.Count == 0)
        {
            throw new ArgumentException("A proof with a top path needs a sub path.");
        }
    }

    /// <summary>The root that the proof claims, 32 bytes.</summary>
    public ReadOnlyMemory<byte> Root { get; }

    /// <summary>The leaf, 32 bytes.</summary>
    public ReadOnlyMemory<byte> Leaf { get; }

    /// <summary>Path through the base tree.</summary>
    public IReadOnlyList<PathElement> BasePath { get; }

    /// <summary>Path through the sub tree, empty when the shape has none.</summary>
    public IReadOnlyList<PathElement> SubPath { get; }

    /// <summary>Path through the top tree, empty when the shape has none.</summary>
    public IReadOnlyList<PathElement> TopPath { get; }

    /// <summary>The number of the leaf in the whole tree, as the positions along the path spell it.</summary>
    public long LeafIndex
    {
        get
        {
            long index = 0;
            long weight = 1;
            foreach (PathElement element in Elements())
            {
                index += element.Index * weight;
                weight *= element.Arity;
            }

            return index;
        }
    }

    /// <summary>True when the path leads from the leaf to the root that the proof claims.</summary>
    public bool Verify(TreeHash hash)
    {
        Span<byte> root = stackalloc byte[NodeBytes];
        return TryComputeRoot(hash, root) && root.SequenceEqual(Root.Span);
    }

    /// <summary>
    /// Computes the root that leaf and path lead to. False when a node is not a canonical field element or a step's
    /// arity is not one the hash is defined for.
    /// </summary>
    /// <param name="hash">Hash function of the tree.</param>
    /// <param name="root">32 bytes for the result.</param>
    public bool TryComputeRoot(TreeHash hash, Span<byte> root)
    {
        Span<byte> children = stackalloc byte[PoseidonParameters.MaxArity * NodeBytes];
        Leaf.Span.CopyTo(root);
        foreach (PathElement element in Elements())
        {
            if (!IsDefined(hash, element.Arity))
            {
                return false;
            }

            Span<byte> used = children[..(element.Arity * NodeBytes)];
            element.WriteChildren(root, used);
            if (!TryHash(hash, used, root))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDefined(TreeHash hash, int arity) =>
        hash == TreeHash.Sha256 ? arity == 2 : arity is 2 or 4 or 8;

    private static bool TryHash(TreeHash hash, ReadOnlySpan<byte> children, Span<byte> parent)
    {
        for (int i = 0; i < children.Length; i += NodeBytes)
        {
            if (!Fr.IsCanonical(children.Slice(i, NodeBytes)))
            {
                return false;
            }
        }

        if (hash == TreeHash.Sha256)
        {
            TreeHasher.HashPairs(children, parent);
        }
        else
        {
            PoseidonHash.HashNodes(children, parent);
        }

        return true;
    }

    private IEnumerable<PathElement> Elements() => BasePath.Concat(SubPath).Concat(TopPath);
}
