using System.Text.Json;
using Federation.Bench.Figures;

namespace Federation.Bench.Tests;

public sealed class FigureResultTests
{
    private static readonly FigureResult Compared = new(
        "commp", 1.25e9, "B/s", 2.5e9, 0.5, 1, 3.2, "byte", "reference.sha256.16KiB", "≥ 0.4 x", true);

    private static readonly FigureResult Alone =
        new("memory.512MiB", 300 << 20, "B", null, null, 2, null, "sector", null);

    [Fact]
    public void ToJson_ComparedFigure_HasEveryMember() => Assert.Equal(
        """
        {"name":"commp","value":1250000000,"unit":"B/s","reference":2500000000,"ratio":0.5,"cores":1,"cycles":3.2,
        """.TrimEnd()
        + """
        "operation":"byte","against":"reference.sha256.16KiB","goal":"≥ 0.4 x","reached":true}
        """,
        Compared.ToJson());

    [Fact]
    public void ToJson_FigureWithoutReference_HasNulls()
    {
        using var json = JsonDocument.Parse(Alone.ToJson());

        foreach (var name in new[] { "reference", "ratio", "cycles", "against", "goal", "reached" })
        {
            Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty(name).ValueKind);
        }
    }

    [Fact]
    public void Table_Results_AreReadable() => Assert.Equal(
        """
        figure         value      reference  ratio  cores  cycles       goal
        commp          1.25 GB/s  2.50 GB/s  0.50   1      3.20 / byte  ≥ 0.4 x: reached
        memory.512MiB  300.0 MiB                    2                   

        """,
        FigureReport.Table([Compared, Alone]));

    [Theory]
    [InlineData(GoalMeasure.Ratio, 0.5, true, "≥ 0.5 x")]
    [InlineData(GoalMeasure.Ratio, 0.51, false, "≥ 0.51 x")]
    [InlineData(GoalMeasure.Cycles, 3.2, true, "≤ 3.20 cycles")]
    [InlineData(GoalMeasure.Cycles, 3, false, "≤ 3.00 cycles")]
    [InlineData(GoalMeasure.Value, 2e9, true, "≤ 2.00 GB/s")]
    [InlineData(GoalMeasure.Value, 1e9, false, "≤ 1.00 GB/s")]
    public void Goal_Result_IsReachedOrNot(object measure, double bound, bool reached, string text)
    {
        var goal = new FigureGoal((GoalMeasure)measure, bound);

        Assert.Equal(reached, goal.IsReached(Compared));
        Assert.Equal(text, goal.Text(FigureUnit.BytesPerSecond()));
    }

    [Fact]
    public void Goal_NumberThatCouldNotBeTaken_IsNotReached()
    {
        Assert.False(new FigureGoal(GoalMeasure.Ratio, 0).IsReached(Alone));
        Assert.False(new FigureGoal(GoalMeasure.Cycles, 1e12).IsReached(Alone));
    }

    [Theory]
    [InlineData(0.004, "", "0.004")]
    [InlineData(999, "B/s", "999 B/s")]
    [InlineData(1000, "B/s", "1.00 kB/s")]
    [InlineData(24.4e9, "", "24.4 G")]
    [InlineData(4.2e15, "", "4200 T")]
    [InlineData(1234, "s", "1234 s")]
    [InlineData(400 << 20, "B", "400.0 MiB")]
    public void Text_AnySize_HasAFewDigitsAndAPrefix(double value, string unit, string text) =>
        Assert.Equal(text, Quantity.Text(value, unit));

    [Fact]
    public void ValueOf_EachKind_ComesFromOperationsAndTime()
    {
        Assert.Equal(1280 * 50, FigureUnit.BytesPerSecond(1280).ValueOf(100, 2));
        Assert.Equal(2e7, FigureUnit.Nanoseconds.ValueOf(100, 2), 1e-3);
        Assert.Equal(0.02, FigureUnit.Seconds.ValueOf(100, 2), 1e-9);
        Assert.Equal(100, FigureUnit.Bytes.ValueOf(100, 2));
    }
}
