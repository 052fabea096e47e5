using Federation.Proofs.Fields;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>fr.mul</c>: 4,096 independent products, c[i] = a[i] × b[i], of 32-byte Montgomery elements, one after the other,
/// from and to memory.
/// </summary>
internal sealed class FieldProducts : IFigure
{
    private const int Count = 4096, Repetitions = 100;

    private readonly Fr[] _left = new Fr[Count], _right = new Fr[Count], _product = new Fr[Count];

    public string Name => "fr.mul";

    public FigureUnit Unit => FigureUnit.Nanoseconds;

    public string Operation => "product";

    public int Cores => 1;

    public FigureGoal Goal => new(GoalMeasure.Cycles, 40);

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        var (left, right) = (Fr.FromUInt64(3), Fr.FromUInt64(5));
        for (var i = 0; i < Count; i++)
        {
            (_left[i], _right[i]) = (left, right);
            (left, right) = (left.Square() + Fr.One, right.Square() + left);
        }

        Multiply();
        if (_product[0] != Fr.FromUInt64(15))
        {
            throw new InvalidOperationException("3 × 5 is not 15");
        }
    }

    public double Run(CancellationToken cancellationToken)
    {
        for (var i = 0; i < Repetitions; i++)
        {
            Multiply();
        }

        return (double)Count * Repetitions;
    }

    public void Dispose()
    {
    }

    private void Multiply()
    {
        var (left, right, product) = (_left, _right, _product);
        for (var i = 0; i < product.Length; i++)
        {
            product[i] = left[i] * right[i];
        }
    }
}
