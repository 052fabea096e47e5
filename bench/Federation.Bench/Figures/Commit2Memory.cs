using System.Globalization;
using Federation.Bench.Sectors;
using Federation.Proofs;
using Federation.Proofs.Commit2;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>memory.c2.2KiB</c>: the most resident memory (VmHWM, pages of the mapped parameters included) that a process of
/// <c>worker phase c2</c> takes.
/// </summary>
internal sealed class Commit2Memory : IFigure
{
    private const int RegisteredProof = 5;

    private string[] _arguments = [];

    public string Name => "memory.c2.2KiB";

    public FigureUnit Unit => FigureUnit.Bytes;

    public string Operation => "proof";

    public int Cores => Environment.ProcessorCount;

    public FigureGoal Goal => new(GoalMeasure.Value, 3L << 30);

    public bool IsLong => true;

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        var circuit = SealProofs.CircuitOf(SealConfig.FromRegistered(RegisteredProof));
        var cache = SharedParameters.Require(circuit, context, cancellationToken);
        var sector = SealedSector.Make(RegisteredProof, context, cancellationToken);
        _arguments =
        [
            "c2", "--proof-type", Text(RegisteredProof), "--miner", $"t0{Text(SectorData.Miner)}",
            "--sector", Text(SectorData.Number), "--ticket", $"{SectorData.Ticket}", "--seed", $"{SectorData.Seed}",
            "--comm-d", $"{sector.Inputs.CommD}", "--comm-r", $"{sector.Inputs.CommR}",
            "--c1out", sector.ProofPath, "--params-dir", cache.Directory, "--threads", Text(context.Threads),
        ];
    }

    public double Run(CancellationToken cancellationToken)
    {
        var worker = new WorkerPhase(WorkerPhase.Program, new Dictionary<string, string>());
        worker.Run(_arguments, cancellationToken);
        return worker.PeakResidentBytes;
    }

    public void Dispose()
    {
    }

    private static string Text<T>(T number)
        where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);
}
