using System.CommandLine;
using Federation.Hosting;
using Federation.Proofs;
using Federation.Worker.Run;

namespace Federation.Worker.Tests.Run;

public sealed class RunOptionsTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("--huge-pages", true)]
    [InlineData("--huge-pages true", true)]
    [InlineData("--huge-pages false", false)]
    public void SealOptionsOf_HugePages_AreAsAskedForOrTheDefault(string given, bool asked) =>
        Assert.Equal(asked, Options(given).HugePages);

    [Fact]
    public void HugePages_Help_NamesUnitAndDefault()
    {
        Assert.Contains("2MiB", RunOptions.HugePages.Description, StringComparison.Ordinal);
        Assert.EndsWith("Default: true", RunOptions.HugePages.Description, StringComparison.Ordinal);
        Assert.True(new SealOptions().HugePages);
    }

    [Fact]
    public void SealOptionsOf_LanesFolderThatIsNotThere_IsRefused() => Assert.Contains(
        "is not there", Assert.Throws<OperatorException>(() => Options("--pc1-lanes-dir /nowhere")).Message,
        StringComparison.Ordinal);

    private static SealOptions Options(string given)
    {
        var parsed = RunOptions.AddTo(new Command("run")).Parse(given);
        Assert.Empty(parsed.Errors);
        return RunOptions.SealOptionsOf(parsed, parentCache: null, verifyParentCache: false);
    }
}
