using Federation.Bench.References;
using Federation.Proofs;
using Federation.Proofs.Pieces;
using Federation.Proofs.Sha256;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>commp</c>: CommP of a piece of pseudo-random data in memory, on one core, in bytes of the piece.
/// </summary>
internal sealed class PieceCommitments : IFigure
{
    private const int Groups = 1 << 18, Seed = 254;

    private readonly byte[] _data = new byte[Groups * Fr32.UnpaddedGroupBytes];

    public string Name => "commp";

    public FigureUnit Unit => FigureUnit.BytesPerSecond();

    public string Operation => "byte";

    public int Cores => 1;

    public string Reference => ReferenceFigures.LongSha256;

    public FigureGoal Goal => new(GoalMeasure.Ratio, 0.4);

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        new Random(Seed).NextBytes(_data);
        var row = new byte[Groups * Fr32.PaddedGroupBytes];
        Fr32.Pad(_data, row);
        var nodes = row.AsSpan();
        while (nodes.Length > Bytes32.Size)
        {
            Sha256Scalar.HashPairs(nodes, nodes[..(nodes.Length / 2)]);
            nodes = nodes[..(nodes.Length / 2)];
        }

        if (Commit().CommP != new Bytes32(nodes))
        {
            throw new InvalidOperationException("CommP is not the root of the plain tree");
        }
    }

    public double Run(CancellationToken cancellationToken)
    {
        Commit();
        return _data.Length;
    }

    public void Dispose()
    {
    }

    private PieceInfo Commit()
    {
        var hasher = new PieceHasher();
        hasher.Append(_data);
        return hasher.Finish();
    }
}
