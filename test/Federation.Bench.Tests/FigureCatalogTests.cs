using Federation.Bench.Figures;
using Federation.Bench.References;

namespace Federation.Bench.Tests;

public sealed class FigureCatalogTests
{
    [Fact]
    public void Create_AllFigures_HaveNamesOfTheirOwn()
    {
        var names = FigureCatalog.Create().Select(one => one.Name).ToList();

        Assert.Equal(names.Distinct(StringComparer.Ordinal), names);
        Assert.All(names, name => Assert.Matches("^[a-z][a-zA-Z0-9._-]*$", name));
    }

    [Fact]
    public void Create_Figures_AreComparedWithFiguresOfTheirUnit()
    {
        var figures = FigureCatalog.Create();
        Assert.Contains(figures, one => one.Reference is not null);
        foreach (var figure in figures.Where(one => one.Reference is not null))
        {
            var reference = Assert.Single(ReferenceFigures.Create(), one => one.Name == figure.Reference);
            Assert.Equal(reference.Unit.Name, figure.Unit.Name);
            Assert.Equal(UnitKind.Rate, figure.Unit.Kind);
            Assert.Equal(1, reference.Cores);
            Assert.False(reference.IsLong);
        }
    }

    [Fact]
    public void Create_GoalOnARatio_HasAReference() => Assert.All(
        FigureCatalog.Create().Where(one => one.Goal?.Measure == GoalMeasure.Ratio),
        one => Assert.NotNull(one.Reference));

    [Fact]
    public void Create_WholeProofs_HaveTheirGoals()
    {
        var goals = FigureCatalog.Create()
            .Where(one => one.Goal is not null)
            .ToDictionary(one => one.Name, one => (one.Goal!.Measure, one.Goal.Bound, one.IsLong));

        Assert.Equal((GoalMeasure.Cycles, 6e9, false), goals["window.2KiB"]);
        Assert.Equal((GoalMeasure.Cycles, 20e9, false), goals["winning.2KiB"]);
        Assert.Equal((GoalMeasure.Cycles, 200e9, true), goals["c2.2KiB"]);
        Assert.Equal((GoalMeasure.Value, 3L << 30, true), goals["memory.c2.2KiB"]);
        Assert.Equal((GoalMeasure.Cycles, 500e9, true), goals["params.porep-2KiB"]);
    }

    /// <summary>Every kernel's figure checks its own result when it is prepared.</summary>
    [Theory]
    [InlineData("reference.sha256.1248")]
    [InlineData("reference.sha256.16KiB")]
    [InlineData("reference.memcpy")]
    [InlineData("reference.write")]
    [InlineData("reference.read")]
    [InlineData("fr.mul")]
    [InlineData("fft")]
    [InlineData("pairing")]
    [InlineData("sha256.lanes")]
    [InlineData("commp")]
    [InlineData("parents.rows")]
    [InlineData("sector.2KiB")]
    public void Run_Once_DoesItsOperations(string name)
    {
        var folder = Directory.CreateTempSubdirectory("federation-bench-");
        try
        {
            using var figure = FigureCatalog.Create().Single(one => one.Name == name);
            string parents = Path.Combine(folder.FullName, "parents"), keys = Path.Combine(folder.FullName, "parameters");
            figure.Prepare(new FigureContext(folder.FullName, parents, keys, 1, _ => { }, () => { }), default);

            Assert.True(figure.Run(default) >= 1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
