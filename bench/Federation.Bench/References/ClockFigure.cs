using Federation.Bench.Figures;
using Federation.Bench.Measuring;

namespace Federation.Bench.References;

/// <summary><c>clock</c>: cycles of a core in a second, by a chain of dependent multiplications of 3 cycles
/// each.</summary>
internal sealed class ClockFigure : IFigure
{
    public string Name => "clock";

    public FigureUnit Unit { get; } = new("Hz", UnitKind.Amount, 1);

    public string Operation => "cycle";

    public int Cores => 1;

    public void Prepare(FigureContext context, CancellationToken cancellationToken) => CoreClock.Measure();

    public double Run(CancellationToken cancellationToken) => CoreClock.Measure();

    public void Dispose()
    {
    }
}
