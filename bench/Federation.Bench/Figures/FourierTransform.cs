using Federation.Proofs.Fft;
using Federation.Proofs.Fields;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>fft</c>: the transform of 2^20 elements of the scalar field in place, 32-byte Montgomery elements, natural order
/// in and out, on all cores.
/// </summary>
internal sealed class FourierTransform : IFigure
{
    private readonly FftDomain _domain = new(20);
    private Fr[] _values = [];
    private int _threads;

    public string Name => "fft";

    public FigureUnit Unit => FigureUnit.Seconds;

    public string Operation => "transform of 2^20";

    public int Cores => Environment.ProcessorCount;

    public FigureGoal Goal => new(GoalMeasure.Cycles, 0.8e9);

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        _threads = context.Threads;
        _values = new Fr[_domain.Size];
        (_values[1], _values[5]) = (Fr.FromUInt64(3), Fr.One);
        Run(cancellationToken);
        for (var i = 0; i < _values.Length; i += 4099)
        {
            var point = _domain.Root.PowVarTime((ulong)i);
            if (_values[i] != (Fr.FromUInt64(3) * point) + point.PowVarTime(5))
            {
                throw new InvalidOperationException($"value {i} is wrong");
            }
        }
    }

    public double Run(CancellationToken cancellationToken)
    {
        _domain.Transform(_values, _threads, cancellationToken);
        return 1;
    }

    public void Dispose()
    {
    }
}
