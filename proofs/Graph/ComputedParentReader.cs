namespace Federation.Proofs.Graph;

/// <summary>Computes parents as they are asked for, on several threads.</summary>
internal sealed unsafe class ComputedParentReader(SdrGraph graph, int threads) : IParentReader
{
    private const int NodesPerPiece = 512;

    /// <inheritdoc/>
    public void Read(long firstNode, Span<uint> rows)
    {
        var nodes = rows.Length / SdrGraph.Degree;
        var pieces = (nodes + NodesPerPiece - 1) / NodesPerPiece;
        if (pieces <= 1 || threads == 1)
        {
            graph.Rows((uint)firstNode, rows);
            return;
        }

        // The span outlives the loop, which ends before this method does; each piece writes rows of its own.
        fixed (uint* start = rows)
        {
            var address = (nint)start;
            ParallelLoop.Run(
                pieces,
                threads,
                piece =>
                {
                    var from = piece * NodesPerPiece;
                    var count = Math.Min(NodesPerPiece, nodes - from);
                    var part = new Span<uint>((uint*)address + ((long)from * SdrGraph.Degree), count * SdrGraph.Degree);
                    graph.Rows((uint)(firstNode + from), part);
                },
                CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
