using Federation.Proofs.Fields;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>fr.mul</c>: 4,096 independent products, c[i] = a[i] × b[i], from and to memory. With AVX-512 or AVX2 in blocks of
/// sixteen elements (two groups of five limbs of 52 bits, a limb of eight lanes after the other, as doubles: 40 bytes
/// an element, Montgomery form, results within r of zero); otherwise 32-byte Montgomery elements one after the other.
/// </summary>
internal sealed class FieldProducts : IFigure
{
    private const int Count = 4096, Repetitions = 1000;

    private readonly Fr[] _left = new Fr[Count], _right = new Fr[Count], _product = new Fr[Count];
    private readonly FrBlockBuffer[] _blocks = new FrBlockBuffer[3];

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

        if (FrBlocks.IsSupported)
        {
            PrepareBlocks();
        }

        Multiply();
        Check();
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
        foreach (var buffer in _blocks)
        {
            buffer?.Dispose();
        }
    }

    private void PrepareBlocks()
    {
        for (var i = 0; i < _blocks.Length; i++)
        {
            _blocks[i] = new FrBlockBuffer(Count / FrBlock.Elements);
        }

        FrBlocks.FromFr(_left, _blocks[0].Blocks);
        FrBlocks.FromFr(_right, _blocks[1].Blocks);
    }

    private void Multiply()
    {
        if (FrBlocks.IsSupported)
        {
            FrBlocks.Multiply(_blocks[0].Blocks, _blocks[1].Blocks, _blocks[2].Blocks);
            return;
        }

        var (left, right, product) = (_left, _right, _product);
        for (var i = 0; i < product.Length; i++)
        {
            product[i] = left[i] * right[i];
        }
    }

    private void Check()
    {
        if (FrBlocks.IsSupported)
        {
            FrBlocks.ToFr(_blocks[2].Blocks, _product);
        }

        for (var i = 0; i < Count; i++)
        {
            if (_product[i] != _left[i] * _right[i])
            {
                throw new InvalidOperationException($"product {i} is wrong");
            }
        }
    }
}
