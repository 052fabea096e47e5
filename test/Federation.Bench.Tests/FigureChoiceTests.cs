using Federation.Bench.Measuring;

namespace Federation.Bench.Tests;

public sealed class FigureChoiceTests
{
    private static readonly FakeFigure[] Figures =
    [
        new("fr.mul", _ => 1), new("pc1.single", _ => 1), new("pc2", _ => 1) { IsLong = true },
        new("sector.2KiB", _ => 1), new("sector.512MiB", _ => 1) { IsLong = true },
    ];

    [Theory]
    [InlineData(null, false, "fr.mul pc1.single sector.2KiB")]
    [InlineData(null, true, "fr.mul pc1.single pc2 sector.2KiB sector.512MiB")]
    [InlineData("pc", false, "pc1.single")]
    [InlineData("pc", true, "pc1.single pc2")]
    [InlineData("pc2", false, "pc2")]
    [InlineData("sector, fr", false, "fr.mul sector.2KiB")]
    [InlineData("sector.512MiB,,pc1.single", false, "pc1.single sector.512MiB")]
    [InlineData("SECTOR", true, "")]
    public void Takes_Filter_ChoosesByPrefixAndLongOnesByName(string? filter, bool full, string expected)
    {
        var choice = FigureChoice.Parse(filter, full);

        Assert.Equal(expected, string.Join(' ', Figures.Where(choice.Takes).Select(one => one.Name)));
    }

    [Fact]
    public void LeavesOut_LongOnesThatThePrefixMatches_AreTold()
    {
        Assert.Equal("sector.512MiB", Assert.Single(Figures, FigureChoice.Parse("sector", false).LeavesOut).Name);
        Assert.DoesNotContain(Figures, FigureChoice.Parse("sector.512MiB", false).LeavesOut);
        Assert.DoesNotContain(Figures, FigureChoice.Parse("sector", true).LeavesOut);
    }

    [Fact]
    public void Unknown_PrefixOfNoFigure_IsNamed() =>
        Assert.Equal(["pc3"], FigureChoice.Parse("pc3,fr", false).Unknown(Figures));
}
