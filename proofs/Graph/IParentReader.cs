namespace Federation.Proofs.Graph;

/// <summary>Gives consecutive rows of a graph's parents. Not thread-safe.</summary>
internal interface IParentReader : IDisposable
{
    /// <summary>
    /// Fills <paramref name="rows"/> with the parents of whole nodes from <paramref name="firstNode"/> on, 14 per
    /// node.
    /// </summary>
    void Read(long firstNode, Span<uint> rows);
}
