namespace Federation.Proofs.Trees;

/// <summary>One step of an inclusion path: where the known node stands among its siblings, and the siblings.</summary>
public sealed class PathElement
{
    private const int NodeBytes = 32;

    /// <summary>Creates a step.</summary>
    /// <param name="index">Position of the known node, from 0 to the number of siblings.</param>
    /// <param name="siblings">The siblings in ascending position, own position skipped, 32 bytes each.</param>
    /// <exception cref="ArgumentException">The siblings are not whole nodes, or the position does not
    /// exist.</exception>
    public PathElement(int index, ReadOnlyMemory<byte> siblings)
    {
        if (siblings.IsEmpty || siblings.Length % NodeBytes != 0)
        {
            throw new ArgumentException($"{siblings.Length} bytes are not siblings of {NodeBytes} bytes each.");
        }

        Arity = (siblings.Length / NodeBytes) + 1;
        if (index < 0 || index >= Arity)
        {
            throw new ArgumentException($"Position {index} does not exist among {Arity} nodes.");
        }

        Index = index;
        Siblings = siblings;
    }

    /// <summary>Number of children of the parent that this step leads to.</summary>
    public int Arity { get; }

    /// <summary>Position of the known node among the children.</summary>
    public int Index { get; }

    /// <summary>All siblings, concatenated: (arity - 1) × 32 bytes in ascending position.</summary>
    public ReadOnlyMemory<byte> Siblings { get; }

    /// <summary>The sibling with a number from 0 to arity - 2.</summary>
    public ReadOnlySpan<byte> Sibling(int number) => Siblings.Span.Slice(number * NodeBytes, NodeBytes);

    /// <summary>Writes the children of the parent in order: the known node at its position, siblings around
    /// it.</summary>
    internal void WriteChildren(ReadOnlySpan<byte> node, Span<byte> children)
    {
        int before = Index * NodeBytes;
        Siblings.Span[..before].CopyTo(children);
        node.CopyTo(children[before..]);
        Siblings.Span[before..].CopyTo(children[(before + NodeBytes)..]);
    }
}
