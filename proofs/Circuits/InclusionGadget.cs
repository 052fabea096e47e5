using System.Numerics;
using Federation.Proofs.Constraints;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Circuits;

/// <summary>
/// Inclusion of a leaf in a tree: rehashes the path from the leaf and states that it ends in the root. The leaf's
/// number becomes the next input.
/// </summary>
internal sealed class InclusionGadget(ConstraintSystem system, TreeHash hash)
{
    private const int MaxArity = 8;
    private const int MaxIndexBits = 64;
    private const int NodeBits = 256;

    private readonly Sha256Gadget _sha256 = new(system);

    /// <summary>States the inclusion.</summary>
    /// <param name="shape">The tree's arities from the leaves up.</param>
    /// <param name="leaf">Leaf.</param>
    /// <param name="root">Root.</param>
    /// <param name="proof">Siblings and places; not looked at without a witness.</param>
    internal void Require(PathShape shape, in Num leaf, in Num root, MerkleProof? proof)
    {
        Span<Bit> index = stackalloc Bit[MaxIndexBits];
        var bits = 0;
        var current = leaf;
        current = Climb("base", shape.BaseHeight, shape.BaseArity, current, proof?.BasePath, index, ref bits);
        current = Climb("sub", shape.SubArity > 0 ? 1 : 0, shape.SubArity, current, proof?.SubPath, index, ref bits);
        current = Climb("top", shape.TopArity > 0 ? 1 : 0, shape.TopArity, current, proof?.TopPath, index, ref bits);
        system.ExposePacked(index[..bits]);
        system.RequireEqual(current, root);
    }

    private Num Climb(
        string name, int height, int arity, Num node, IReadOnlyList<PathElement>? path, Span<Bit> index, ref int bits)
    {
        using var scope = system.Enter(name);
        if (system.HasWitness && path!.Count != height)
        {
            throw new ArgumentException($"The path's {name} part has {path.Count} steps, not {height}.", nameof(path));
        }

        for (var level = 0; level < height; level++)
        {
            using var step = system.Enter("merkle tree hash", level);
            var places = index.Slice(bits, BitOperations.Log2((uint)arity));
            node = Step(arity, node, system.HasWitness ? path![level] : null, places);
            bits += places.Length;
        }

        return node;
    }

    private Num Step(int arity, in Num node, PathElement? element, Span<Bit> places)
    {
        if (element is not null && element.Arity != arity)
        {
            throw new ArgumentException($"A step of the path has arity {element.Arity}, not {arity}.", nameof(element));
        }

        for (var i = 0; i < places.Length; i++)
        {
            places[i] = system.AllocateBit(element is not null && (element.Index >> i & 1) != 0);
        }

        Span<Num> siblings = stackalloc Num[MaxArity - 1];
        siblings = siblings[..(arity - 1)];
        for (var i = 0; i < siblings.Length; i++)
        {
            siblings[i] = system.AllocateNode(element is null ? [] : element.Sibling(i));
        }

        Span<Num> children = stackalloc Num[MaxArity];
        children = children[..arity];
        Insertion.Place(system, node, siblings, places, children);
        using var scope = system.Enter("computation of commitment hash");
        return hash == TreeHash.Sha256 ? HashPair(children[0], children[1]) : PoseidonGadget.Hash(system, children);
    }

    private Num HashPair(in Num left, in Num right)
    {
        Span<Bit> message = stackalloc Bit[2 * NodeBits];
        using (system.Enter("left into bits"))
        {
            system.ToMessage(left, message[..NodeBits]);
        }

        using (system.Enter("right into bits"))
        {
            system.ToMessage(right, message[NodeBits..]);
        }

        Span<Bit> digest = stackalloc Bit[Sha256Gadget.DigestBits];
        using (system.Enter("hash"))
        {
            _sha256.Hash(message, digest);
        }

        return system.FromDigest(digest);
    }
}
