using Federation.Proofs;
using Federation.Proofs.Graph;

namespace Federation.Bench.Figures;

/// <summary><c>parents.rows</c>: all 14 parents of consecutive nodes of 512 MiB, on one core, written to
/// memory.</summary>
internal sealed class ParentRows : IFigure
{
    private const int Nodes = 1 << 16, RegisteredProof = 7;

    private readonly uint[] _rows = new uint[Nodes * SdrGraph.Degree];
    private SdrGraph? _graph;
    private uint _first;

    public string Name => "parents.rows";

    public FigureUnit Unit => FigureUnit.Nanoseconds;

    public string Operation => "node";

    public int Cores => 1;

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        _graph = new SdrGraph(SealConfig.FromRegistered(RegisteredProof), tabulate: true);
        Run(cancellationToken);
        var row = new uint[SdrGraph.Degree];
        _graph.Parents(Nodes - 1, row);
        if (!_rows.AsSpan((Nodes - 1) * SdrGraph.Degree).SequenceEqual(row))
        {
            throw new InvalidOperationException($"the parents of node {Nodes - 1} are not those of the plain form");
        }
    }

    public double Run(CancellationToken cancellationToken)
    {
        _graph!.Rows(_first, _rows);
        _first = (uint)((_first + Nodes) % _graph.Nodes);
        return Nodes;
    }

    public void Dispose()
    {
    }
}
