using Federation.Bench.Sectors;
using Federation.Proofs;
using Federation.Proofs.Commit2;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>c2.2KiB</c>: Commit2 on all cores, from the C1 output in memory to the verified proof, with parameters that are
/// there. It is the first proof of its process, compilation included.
/// </summary>
internal sealed class Commit2Run : IFigure
{
    private const int RegisteredProof = 5;
    private const double MostCycles = 200e9;

    private Commit2Request? _request;
    private ParameterCache? _cache;
    private SealOptions _options = new();
    private byte[] _output = [];
    private Action<string> _progress = _ => { };

    public string Name => "c2.2KiB";

    public FigureUnit Unit => FigureUnit.Seconds;

    public string Operation => "proof";

    public int Cores => Environment.ProcessorCount;

    public FigureGoal Goal => new(GoalMeasure.Cycles, MostCycles);

    public bool IsLong => true;

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        var config = SealConfig.FromRegistered(RegisteredProof);
        _cache = SharedParameters.Require(SealProofs.CircuitOf(config), context, cancellationToken);
        _options = new SealOptions { Threads = context.Threads };
        _progress = context.Progress;
        var sector = SealedSector.Make(RegisteredProof, context, cancellationToken);
        _output = File.ReadAllBytes(sector.ProofPath);
        _request = new Commit2Request
        {
            Config = config,
            ProverId = sector.Inputs.ProverId,
            Sector = sector.Inputs.Sector,
            Ticket = sector.Inputs.Ticket,
            Seed = sector.Inputs.Seed,
        };
    }

    public double Run(CancellationToken cancellationToken)
    {
        using var output = new MemoryStream(_output);
        var result = Commit2Phase.Run(
            _request!, output, _cache!, ParameterPolicy.Devnet, _options, null, cancellationToken);
        _progress(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{Name}: witness {result.Times.Witness.TotalSeconds:0.0} s, proof "
            + $"{result.Times.Prove.TotalSeconds:0.0} s"));
        return 1;
    }

    public void Dispose()
    {
    }
}
