using Federation.Proofs.Curve;
using Federation.Proofs.Fields;
using Federation.Proofs.Msm;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>g1.msm</c>: the sum of 2^16 or 2^20 points of G1 times full-size scalars on all cores, all in memory; a point is
/// an operation.
/// </summary>
internal sealed class G1Sum(int logPoints, double cycles) : IFigure
{
    private G1Affine[] _points = [];
    private Fr[] _scalars = [];
    private int _threads;

    public string Name => $"g1.msm.{logPoints}";

    public FigureUnit Unit => FigureUnit.Nanoseconds;

    public string Operation => "point";

    public int Cores => Environment.ProcessorCount;

    public FigureGoal Goal => new(GoalMeasure.Cycles, cycles);

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        _threads = context.Threads;
        var factors = MsmScalars.Create(1 << logPoints, seed: 3);
        _scalars = MsmScalars.Create(1 << logPoints, seed: 5);
        _points = new G1Affine[factors.Length];
        using (var table = new G1FixedBase(G1Affine.Generator, factors.Length))
        {
            table.Multiply(factors, _points, _threads, cancellationToken);
        }

        var sum = G1Msm.Sum(_points, _scalars, _threads, cancellationToken);
        if (sum != G1Point.Generator.MultiplyVarTime(Fr.InnerProduct(factors, _scalars)))
        {
            throw new InvalidOperationException("the sum is wrong");
        }
    }

    public double Run(CancellationToken cancellationToken)
    {
        G1Msm.Sum(_points, _scalars, _threads, cancellationToken);
        return _points.Length;
    }

    public void Dispose()
    {
    }
}
