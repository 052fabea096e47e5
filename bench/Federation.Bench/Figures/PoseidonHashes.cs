using System.Globalization;
using Federation.Proofs.Fields;
using Federation.Proofs.Poseidon;

namespace Federation.Bench.Figures;

/// <summary><c>poseidon.arity…</c>: hashes of consecutive nodes, 32 bytes each, from and to memory, on one
/// core.</summary>
internal sealed class PoseidonHashes(int arity, double cycles) : IFigure
{
    private const int Hashes = 1024, Seed = 4011;

    private readonly byte[] _nodes = new byte[Hashes * arity * Fr.SizeBytes];
    private readonly byte[] _parents = new byte[Hashes * Fr.SizeBytes];

    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"poseidon.arity{arity}");

    public FigureUnit Unit => FigureUnit.Nanoseconds;

    public string Operation => "hash";

    public int Cores => 1;

    public FigureGoal Goal => new(GoalMeasure.Cycles, cycles);

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        new Random(Seed).NextBytes(_nodes);
        for (var i = Fr.SizeBytes - 1; i < _nodes.Length; i += Fr.SizeBytes)
        {
            _nodes[i] &= 0x3f;
        }

        Run(cancellationToken);
        var parent = new byte[Fr.SizeBytes];
        PoseidonHash.HashNodes(_nodes.AsSpan(^(arity * Fr.SizeBytes)..), parent);
        if (!_parents.AsSpan(^Fr.SizeBytes..).SequenceEqual(parent))
        {
            throw new InvalidOperationException($"a hash of {arity} nodes is not the one of the scalar form");
        }
    }

    public double Run(CancellationToken cancellationToken)
    {
        PoseidonBatch.HashNodes(arity, _nodes, _parents);
        return Hashes;
    }

    public void Dispose()
    {
    }
}
