using Federation.Proofs.Curve;

namespace Federation.Bench.Figures;

/// <summary><c>pairing</c>: pairings of two affine points, the lines of G2 made anew for each, on one core.</summary>
internal sealed class Pairings : IFigure
{
    private const int Count = 32;

    private G1Affine _p;
    private G2Affine _q;

    public string Name => "pairing";

    public FigureUnit Unit => FigureUnit.Nanoseconds;

    public string Operation => "pairing";

    public int Cores => 1;

    public FigureGoal Goal => new(GoalMeasure.Cycles, 5e6);

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        _p = G1Point.Generator.MultiplyVarTime([0x4011]).ToAffine();
        _q = G2Point.Generator.MultiplyVarTime([0x4012]).ToAffine();
        var generators = Pairing.Compute(G1Affine.Generator, G2Affine.Generator);
        if (Pairing.Compute(_p, _q) != generators.PowVarTime([0x4011 * 0x4012]))
        {
            throw new InvalidOperationException("the pairing of multiples is not the power of that of the points");
        }
    }

    public double Run(CancellationToken cancellationToken)
    {
        for (var i = 0; i < Count; i++)
        {
            Pairing.Compute(_p, _q);
        }

        return Count;
    }

    public void Dispose()
    {
    }
}
