using Federation.Bench.Sectors;
using Federation.Proofs;
using Federation.Proofs.Unseal;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>unseal</c>: the data of an 8 MiB sector from its replica on all cores: labels made again, decoded, verified
/// against CommD and written, with a parent cache that is there already; in unpadded bytes.
/// </summary>
internal sealed class UnsealRun : IFigure
{
    private const int RegisteredProof = 6;

    private readonly SectorData _data = new(SealConfig.FromRegistered(RegisteredProof));
    private UnsealRequest? _request;
    private SealOptions _options = new();

    public string Name => "unseal";

    public FigureUnit Unit => FigureUnit.BytesPerSecond();

    public string Operation => "byte";

    public int Cores => Environment.ProcessorCount;

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        SharedParents.Require(_data.Config, context, cancellationToken);
        _options = new SealOptions { Threads = context.Threads, ParentCacheDirectory = context.ParentCacheDirectory };
        var piece = Path.Combine(context.Directory, "piece");
        _data.Write(piece, cancellationToken);
        var seal = new SectorSeal(_data, piece, context.Directory, _options, null);
        var inputs = seal.Run(cancellationToken);
        _request = new UnsealRequest
        {
            Config = _data.Config,
            ProverId = inputs.ProverId,
            Sector = inputs.Sector,
            Ticket = inputs.Ticket,
            CommD = inputs.CommD,
            SealedPath = seal.SealedPath,
            LayerDirectory = Path.Combine(context.Directory, "layers"),
            DataPath = Path.Combine(context.Directory, "data"),
        };
        Run(cancellationToken);
        if (!File.ReadAllBytes(_request.DataPath).AsSpan().SequenceEqual(File.ReadAllBytes(piece)))
        {
            throw new InvalidOperationException("the unsealed data are not those that were sealed");
        }
    }

    public double Run(CancellationToken cancellationToken) =>
        UnsealPhase.Run(_request!, _options, null, cancellationToken).Bytes;

    public void Dispose()
    {
    }
}
