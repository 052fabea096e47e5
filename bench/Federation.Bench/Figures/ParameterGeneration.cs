using System.Globalization;
using Federation.Proofs;
using Federation.Proofs.Circuits;
using Federation.Proofs.Commit2;
using Federation.Proofs.Groth16.Generation;

namespace Federation.Bench.Figures;

/// <summary><c>params.porep-2KiB</c>: Groth16 parameters of the smallest PoRep, written with their digests.</summary>
internal sealed class ParameterGeneration : IFigure
{
    private const int RegisteredProof = 5;
    private const double MostCycles = 500e9;

    private FigureContext? _context;
    private int _runs;

    public string Name => "params.porep-2KiB";

    public FigureUnit Unit => FigureUnit.Seconds;

    public string Operation => "circuit";

    public int Cores => Environment.ProcessorCount;

    public FigureGoal Goal => new(GoalMeasure.Cycles, MostCycles);

    public bool IsLong => true;

    public void Prepare(FigureContext context, CancellationToken cancellationToken) => _context = context;

    public double Run(CancellationToken cancellationToken)
    {
        using var folder = new FigureFolder(
            Path.Combine(_context!.Directory, (_runs++).ToString(CultureInfo.InvariantCulture)));
        var circuit = SealProofs.CircuitOf(SealConfig.FromRegistered(RegisteredProof));
        ParameterGenerator.Generate(
            circuit, CircuitDescriptions.Of(circuit), folder.Path, _context.Threads, null, cancellationToken);
        return 1;
    }

    public void Dispose()
    {
    }
}
