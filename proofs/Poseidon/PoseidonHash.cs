using System.Runtime.CompilerServices;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Poseidon;

/// <summary>
/// Poseidon hashes as Filecoin's trees use them. Nodes are 32 bytes, little-endian, canonical. Allocation-free after
/// the first use of an arity; safe to call from many threads.
/// </summary>
public static class PoseidonHash
{
    /// <summary>
    /// Hash of as many elements as the arity (2, 4, 8, 11, 16, 24, 36), with the domain tag of Merkle trees.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">No such arity is defined.</exception>
    [SkipLocalsInit]
    public static Fr Hash(ReadOnlySpan<Fr> inputs)
    {
        PoseidonParameters parameters = PoseidonParameters.ForArity(inputs.Length);
        Span<Fr> state = stackalloc Fr[PoseidonParameters.MaxWidth];
        state = state[..parameters.Width];
        state[0] = parameters.DomainTag;
        inputs.CopyTo(state[1..]);
        PoseidonPermutation.Apply(parameters, state);
        return state[1];
    }

    /// <summary>
    /// Hash with a domain tag of the caller's and missing inputs taken as zero: <c>length · 2^64</c> for inputs of
    /// constant length, <c>id · 2^40</c> for custom domains.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">No such arity is defined, or there are more inputs.</exception>
    public static Fr Hash(int arity, in Fr domainTag, ReadOnlySpan<Fr> inputs)
    {
        PoseidonParameters parameters = PoseidonParameters.ForArity(arity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(inputs.Length, arity, nameof(inputs));
        Span<Fr> state = stackalloc Fr[PoseidonParameters.MaxWidth];
        state = state[..parameters.Width];
        state[0] = domainTag;
        inputs.CopyTo(state[1..]);
        PoseidonPermutation.Apply(parameters, state);
        return state[1];
    }

    /// <summary>
    /// Hash of concatenated nodes: <paramref name="nodes"/> holds arity · 32 bytes, the parent is written to
    /// <paramref name="parent"/> (32 bytes, which may overlap the nodes).
    /// </summary>
    /// <exception cref="NonCanonicalFieldElementException">A node is not below r.</exception>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static void HashNodes(ReadOnlySpan<byte> nodes, Span<byte> parent)
    {
        (int arity, int rest) = Math.DivRem(nodes.Length, Fr.SizeBytes);
        if (rest != 0)
        {
            throw new ArgumentException($"{nodes.Length} bytes are not whole nodes of {Fr.SizeBytes}.", nameof(nodes));
        }

        HashNodes(PoseidonParameters.ForArity(arity), nodes, Fr.SizeBytes, parent);
    }

    /// <summary>Hash of as many nodes as the arity, which follow one another at a distance.</summary>
    [SkipLocalsInit]
    internal static void HashNodes(
        PoseidonParameters parameters, ReadOnlySpan<byte> nodes, int nodeStep, Span<byte> parent)
    {
        Span<Fr> state = stackalloc Fr[PoseidonParameters.MaxWidth];
        state = state[..parameters.Width];
        state[0] = parameters.DomainTag;
        for (int i = 0; i < parameters.Arity; i++)
        {
            state[i + 1] = Fr.FromBytes(nodes.Slice(i * nodeStep, Fr.SizeBytes));
        }

        PoseidonPermutation.Apply(parameters, state);
        state[1].WriteBytes(parent);
    }

    /// <summary>Hash of two nodes, as <c>comm_r</c> is made of <c>comm_c</c> and <c>comm_r_last</c>.</summary>
    /// <exception cref="NonCanonicalFieldElementException">A node is not below r.</exception>
    public static byte[] Hash2(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> nodes = stackalloc byte[2 * Fr.SizeBytes];
        left.CopyTo(nodes);
        right.CopyTo(nodes[Fr.SizeBytes..]);
        var parent = new byte[Fr.SizeBytes];
        HashNodes(nodes, parent);
        return parent;
    }
}
