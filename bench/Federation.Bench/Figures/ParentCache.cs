using Federation.Proofs;
using Federation.Proofs.Graph;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>parents</c>: the parent cache file of 512 MiB, API 1.1, made by all cores: tables, rows, digest, file and flush.
/// Its digest is compared with the one that Filecoin published, as it always is.
/// </summary>
internal sealed class ParentCache : IFigure
{
    private const int RegisteredProof = 7;

    private string _directory = "";
    private int _threads;

    public string Name => "parents";

    public FigureUnit Unit => FigureUnit.Seconds;

    public string Operation => "file";

    public int Cores => Environment.ProcessorCount;

    public FigureGoal Goal => new(GoalMeasure.Cycles, 40e9);

    public bool IsLong => true;

    public void Prepare(FigureContext context, CancellationToken cancellationToken) =>
        (_directory, _threads) = (context.Directory, context.Threads);

    public double Run(CancellationToken cancellationToken)
    {
        var graph = new SdrGraph(SealConfig.FromRegistered(RegisteredProof), tabulate: true);
        ParentCacheFile.Open(graph, _directory, _threads, verify: false, null, cancellationToken).Dispose();
        return 1;
    }

    public void Dispose()
    {
    }
}
