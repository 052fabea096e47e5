using System.Globalization;
using Federation.Bench.Sectors;
using Federation.Proofs;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>sector.&lt;size&gt;</c>: a whole seal on all cores, AP, PC1, PC2, C1 and its verification, of a sector full of
/// data, API 1.1, with a parent cache that is there already.
/// </summary>
internal sealed class WholeSeal(int registeredProof) : IFigure
{
    private readonly SectorData _data = new(SealConfig.FromRegistered(registeredProof));
    private FigureContext? _context;
    private string _dataPath = "";
    private int _seals;

    public string Name => $"sector.{_data.Config.Shape.Name}";

    public FigureUnit Unit => FigureUnit.Seconds;

    public string Operation => "sector";

    public int Cores => Environment.ProcessorCount;

    public bool IsLong => _data.Config.Shape.SectorSize >= 512L << 20;

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        _context = context;
        _dataPath = Path.Combine(context.Directory, "piece");
        _data.Write(_dataPath, cancellationToken);
        SharedParents.Require(_data.Config, context, cancellationToken);
    }

    public double Run(CancellationToken cancellationToken)
    {
        using var folder = new FigureFolder(
            Path.Combine(_context!.Directory, (_seals++).ToString(CultureInfo.InvariantCulture)));
        var options = new SealOptions
        {
            MapLayers = true,
            Threads = _context.Threads,
            ParentCacheDirectory = _context.ParentCacheDirectory,
        };
        new SectorSeal(
            _data,
            _dataPath,
            folder.Path,
            options,
            IsLong ? line => _context.Progress($"{Name}: {line}") : null).Run(cancellationToken);
        return 1;
    }

    public void Dispose()
    {
    }
}
