using Federation.Bench.Figures;

namespace Federation.Bench.Tests;

/// <summary>A figure whose work is a delegate, and that counts what is done with it.</summary>
internal sealed class FakeFigure(string name, Func<FigureContext, double> work) : IFigure
{
    private FigureContext? _context;

    public string Name => name;

    public FigureUnit Unit { get; init; } = FigureUnit.BytesPerSecond();

    public string Operation => "byte";

    public int Cores { get; init; } = 1;

    public string? Reference { get; init; }

    public FigureGoal? Goal { get; init; }

    public bool IsLong { get; init; }

    public int Runs { get; private set; }

    public void Prepare(FigureContext context, CancellationToken cancellationToken) => _context = context;

    public double Run(CancellationToken cancellationToken)
    {
        Runs++;
        return work(_context!);
    }

    public void Dispose()
    {
    }
}
