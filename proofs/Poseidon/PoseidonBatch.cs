using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Poseidon;

/// <summary>
/// Many Poseidon hashes with the domain tag of Merkle trees, on the widest vectors that the machine has. Nodes are 32
/// bytes, little-endian, canonical. Allocation-free after the first use of an arity, safe to call from many threads.
/// </summary>
public static class PoseidonBatch
{
    private const int NodeBytes = Fr.SizeBytes;

    // Lanes that stay empty cost as much as full ones: below this a scalar hash each is cheaper.
    private const int LeastLanes = 3;

    /// <summary>
    /// Hashes rows of nodes: n · arity nodes to n parents. <paramref name="parents"/> may begin where
    /// <paramref name="nodes"/> begin; any other overlap gives undefined parents.
    /// </summary>
    /// <exception cref="NonCanonicalFieldElementException">A node is not below r; some parents may be
    /// written.</exception>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such arity is defined.</exception>
    public static void HashNodes(int arity, ReadOnlySpan<byte> nodes, Span<byte> parents) =>
        HashNodes(FieldPaths.Best, arity, nodes, parents);

    /// <summary>
    /// Hashes columns: <paramref name="rows"/> holds as many rows as the arity, one after another, each as long as
    /// <paramref name="hashes"/>; a column is a node of every row.
    /// </summary>
    /// <exception cref="NonCanonicalFieldElementException">A node is not below r; some hashes may be
    /// written.</exception>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such arity is defined.</exception>
    public static void HashColumns(int arity, ReadOnlySpan<byte> rows, Span<byte> hashes) =>
        HashColumns(FieldPaths.Best, arity, rows, hashes);

    internal static void HashNodes(FieldPath path, int arity, ReadOnlySpan<byte> nodes, Span<byte> parents)
    {
        RequireLengths(arity, nodes.Length, parents.Length);
        Hash(path, arity, nodes, arity * NodeBytes, NodeBytes, parents);
    }

    internal static void HashColumns(FieldPath path, int arity, ReadOnlySpan<byte> rows, Span<byte> hashes)
    {
        RequireLengths(arity, rows.Length, hashes.Length);
        Hash(path, arity, rows, NodeBytes, hashes.Length, hashes);
    }

    private static void RequireLengths(int arity, int inputs, int outputs)
    {
        if (outputs % NodeBytes != 0 || inputs != (long)outputs * arity)
        {
            throw new ArgumentException($"{inputs} bytes of nodes do not make {outputs} bytes of hashes of {arity}.");
        }
    }

    // Hash number n is of the nodes that begin at n · hashStep and follow at a distance of nodeStep.
    private static void Hash(
        FieldPath path, int arity, ReadOnlySpan<byte> nodes, int hashStep, int nodeStep, Span<byte> hashes)
    {
        PoseidonParameters parameters = PoseidonParameters.ForArity(arity);
        int count = hashes.Length / NodeBytes;
        int done = 0;
        if (path != FieldPath.Scalar)
        {
            PoseidonLaneForm form = PoseidonLaneForm.For(parameters);
            for (; count - done >= LeastLanes; done = Math.Min(count, done + FrBlock.Elements))
            {
                int lanes = Math.Min(count - done, FrBlock.Elements);
                HashLanes(
                    path,
                    form,
                    nodes[(done * hashStep)..],
                    hashStep,
                    nodeStep,
                    hashes.Slice(done * NodeBytes, lanes * NodeBytes));
            }
        }

        for (; done < count; done++)
        {
            PoseidonHash.HashNodes(
                parameters, nodes[(done * hashStep)..], nodeStep, hashes.Slice(done * NodeBytes, NodeBytes));
        }
    }

    [SkipLocalsInit]
    private static unsafe void HashLanes(
        FieldPath path,
        PoseidonLaneForm form,
        ReadOnlySpan<byte> nodes,
        int hashStep,
        int nodeStep,
        Span<byte> hashes)
    {
        const int lanes = FrBlock.Elements;
        int arity = form.Width - 1;
        int used = hashes.Length / NodeBytes;
        ulong* words = stackalloc ulong[PoseidonParameters.MaxArity * 4 * lanes];
        for (int input = 0; input < arity; input++)
        {
            ulong* column = words + (input * 4 * lanes);
            for (int lane = 0; lane < lanes; lane++)
            {
                // An empty lane repeats the last one.
                int hash = Math.Min(lane, used - 1);
                Read(nodes.Slice((hash * hashStep) + (input * nodeStep), NodeBytes), column + lane);
            }
        }

        if (path == FieldPath.Avx512)
        {
            PoseidonLanes<FrAvx512>.Hash(form, words, words);
        }
        else
        {
            PoseidonLanes<FrAvx2>.Hash(form, words, words);
        }

        for (int lane = 0; lane < used; lane++)
        {
            Span<ulong> hash = MemoryMarshal.Cast<byte, ulong>(hashes.Slice(lane * NodeBytes, NodeBytes));
            for (int word = 0; word < hash.Length; word++)
            {
                hash[word] = words[(word * lanes) + lane];
            }
        }
    }

    private static unsafe void Read(ReadOnlySpan<byte> node, ulong* column)
    {
        if (!Fr.IsCanonical(node))
        {
            throw new NonCanonicalFieldElementException(node);
        }

        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(node);
        for (int word = 0; word < words.Length; word++)
        {
            column[word * FrBlock.Elements] = words[word];
        }
    }
}
