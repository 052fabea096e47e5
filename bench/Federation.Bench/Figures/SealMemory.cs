using Federation.Bench.Sectors;
using Federation.Proofs;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>memory.512MiB</c>: the most anonymous and shared memory (RssAnon + RssShmem, sampled) that a process of any phase
/// takes while 512 MiB are sealed with <c>--memory 256MiB</c>.
/// </summary>
internal sealed class SealMemory : IFigure
{
    private const int RegisteredProof = 7;

    private readonly SectorData _data = new(SealConfig.FromRegistered(RegisteredProof));
    private FigureContext? _context;

    public string Name => "memory.512MiB";

    public FigureUnit Unit => FigureUnit.Bytes;

    public string Operation => "sector";

    public int Cores => Environment.ProcessorCount;

    public FigureGoal Goal => new(GoalMeasure.Value, 400 << 20);

    public bool IsLong => true;

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        _context = context;
        _data.Write(In("piece"), cancellationToken);
        Directory.CreateDirectory(In("cache"));
        SharedParents.Require(_data.Config, context, cancellationToken);
    }

    public double Run(CancellationToken cancellationToken)
    {
        var worker = new WorkerPhase(
            WorkerPhase.Program,
            new Dictionary<string, string> { ["FIL_PROOFS_PARENT_CACHE"] = _context!.ParentCacheDirectory });
        string[] sector =
        [
            "--proof-type", $"{RegisteredProof}", "--miner", $"t0{SectorData.Miner}", "--sector",
            $"{SectorData.Number}",
            "--memory", "256MiB", "--threads", $"{_context.Threads}",
        ];
        string[] files = ["--unsealed", In("unsealed"), "--cache", In("cache"), "--sealed", In("sealed")];
        string[] ticket = ["--ticket", $"{SectorData.Ticket}"];
        var added = worker.Run(
            ["ap", .. sector, "--piece-data", In("piece"), "--unsealed", In("unsealed")], cancellationToken);
        File.WriteAllText(In("pieces"), added.GetProperty("Pieces").GetRawText());
        Tell("AP", worker);
        worker.Run(["pc1", .. sector, .. files, .. ticket, "--pieces", In("pieces")], cancellationToken);
        Tell("PC1", worker);
        worker.Run(["pc2", .. sector, .. files, .. ticket], cancellationToken);
        Tell("PC2", worker);
        worker.Run(
            ["c1", .. sector, .. files, .. ticket, "--seed", $"{SectorData.Seed}", "--c1out", In("c1")],
            cancellationToken);
        Tell("C1", worker);
        return worker.PeakBytes;
    }

    public void Dispose()
    {
    }

    private string In(string name) => Path.Combine(_context!.Directory, name);

    private void Tell(string phase, WorkerPhase worker) =>
        _context!.Progress($"{Name}: {Quantity.Text(worker.PeakBytes, "B")} at most until {phase} was done");
}
