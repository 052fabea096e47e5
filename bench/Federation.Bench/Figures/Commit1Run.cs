using Federation.Bench.Sectors;
using Federation.Proofs;
using Federation.Proofs.Commit1;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>c1</c>: Commit1 of an 8 MiB sector on all cores, each proof verified before it is written, the output in memory.
/// </summary>
internal sealed class Commit1Run : IFigure
{
    private const int RegisteredProof = 6;

    private readonly SectorData _data = new(SealConfig.FromRegistered(RegisteredProof));
    private readonly MemoryStream _output = new();
    private Commit1Request? _request;
    private SealOptions _options = new();

    public string Name => "c1";

    public FigureUnit Unit => FigureUnit.Seconds;

    public string Operation => "proof";

    public int Cores => Environment.ProcessorCount;

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        SharedParents.Require(_data.Config, context, cancellationToken);
        _options = new SealOptions { Threads = context.Threads, ParentCacheDirectory = context.ParentCacheDirectory };
        var piece = Path.Combine(context.Directory, "piece");
        _data.Write(piece, cancellationToken);
        var seal = new SectorSeal(_data, piece, context.Directory, _options, null);
        _request = new Commit1Request
        {
            Config = _data.Config,
            Inputs = seal.Run(cancellationToken),
            CacheDirectory = seal.CachePath,
            SealedPath = seal.SealedPath,
            Form = Commit1Form.Api,
        };
    }

    public double Run(CancellationToken cancellationToken)
    {
        _output.SetLength(0);
        Commit1Phase.Run(_request!, _output, _options, null, cancellationToken);
        return 1;
    }

    public void Dispose() => _output.Dispose();
}
