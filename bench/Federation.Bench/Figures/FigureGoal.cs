using System.Globalization;

namespace Federation.Bench.Figures;

/// <summary>What a figure is to reach.</summary>
/// <param name="Measure">Which of the result's numbers.</param>
/// <param name="Bound">A ratio is to be at least this, cycles and values at most.</param>
internal sealed record FigureGoal(GoalMeasure Measure, double Bound)
{
    /// <summary>True when the result reaches it; a number that could not be taken does not.</summary>
    public bool IsReached(FigureResult result) => Measure switch
    {
        GoalMeasure.Ratio => result.Ratio >= Bound,
        GoalMeasure.Cycles => result.Cycles <= Bound,
        _ => result.Value <= Bound,
    };

    /// <summary>For the table: <c>≥ 1.5 x</c>.</summary>
    public string Text(FigureUnit unit) => Measure switch
    {
        GoalMeasure.Ratio => string.Create(CultureInfo.InvariantCulture, $"≥ {Bound:0.0#} x"),
        GoalMeasure.Cycles => $"≤ {Quantity.Text(Bound)} cycles",
        _ => $"≤ {Quantity.Text(Bound, unit.Name)}",
    };
}
