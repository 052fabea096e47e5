using Federation.Bench.Sectors;
using Federation.Proofs;
using Federation.Proofs.Groth16;
using Federation.Proofs.Groth16.Parameters;
using Federation.Proofs.Post;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>window.2KiB</c>, <c>winning.2KiB</c>: one proof of spacetime on all cores, from the sectors' files to the
/// verified 192 bytes, with mapped parameters.
/// </summary>
internal sealed class PostProofRun(PostKind kind, double cycles) : IFigure
{
    private const int RegisteredSeal = 5;

    private readonly PostConfig _config = PostConfig.Create(
        SealConfig.FromRegistered(RegisteredSeal).Shape, kind, ApiVersion.V1_1);
    private MappedParameters? _parameters;
    private PostReplica[] _replicas = [];
    private SealOptions _options = new();

    public string Name => $"{(kind == PostKind.Window ? "window" : "winning")}.{_config.Shape.Name}";

    public FigureUnit Unit => FigureUnit.Seconds;

    public string Operation => "proof";

    public int Cores => Environment.ProcessorCount;

    public FigureGoal Goal => new(GoalMeasure.Cycles, cycles);

    /// <summary>One replica stands for all sectors of the partition: the work is the same.</summary>
    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        var circuit = PostProofs.CircuitOf(_config);
        var cache = SharedParameters.Require(circuit, context, cancellationToken);
        _parameters = MappedParameters.Open(cache, circuit, ParameterPolicy.Devnet, cancellationToken);
        _options = new SealOptions { Threads = context.Threads };
        var sector = SealedSector.Make(RegisteredSeal, context, cancellationToken);
        _replicas = [.. Enumerable.Range(0, _config.SectorsPerPartition).Select(i => new PostReplica(
            new PostSector(SectorData.Number + (ulong)i, sector.Inputs.CommR), sector.CachePath, sector.SealedPath))];
    }

    public double Run(CancellationToken cancellationToken)
    {
        var vanilla = PostVanillaPhase.Run(
            _config, SectorData.Seed, _replicas, _options, null, cancellationToken);
        if (vanilla.Faulty.Count > 0 || vanilla.Statement is not { } statement)
        {
            throw new InvalidDataException($"a sector that was sealed here cannot be proved: {vanilla.Faulty[0]}");
        }

        PostProofs.Prove(statement, vanilla.Proofs, _parameters!, _options, null, cancellationToken);
        return statement.Partitions;
    }

    public void Dispose() => _parameters?.Dispose();
}
