using Federation.Hosting.Waits;

namespace Federation.Hosting.Tests.Waits;

public sealed class WaitReasonTests
{
    [Theory]
    [InlineData("AP", "--addpiece")]
    [InlineData("PC1", "--precommit1")]
    [InlineData("PC2", "--precommit2")]
    [InlineData("C1", "--role APx")]
    [InlineData("C2", "--commit")]
    [InlineData("FIN", "--role APx")]
    [InlineData("RM", "--role APx")]
    public void NoWorker_EachPhase_NamesPhaseRegionAgentAndRemedy(string phase, string flag)
    {
        Assert.Equal(
            $"no connected worker of region eu-1 runs {phase}; start one at agent a1 with {flag}",
            WaitReason.NoWorker(phase, "eu-1", "a1"));
        Assert.Equal(
            $"no connected worker of region eu-1 runs {phase}; start one with {flag}", WaitReason.NoWorker(phase, "eu-1"));
        Assert.EndsWith($"any region runs {phase}; start one with {flag}", WaitReason.NoWorker(phase), StringComparison.Ordinal);
    }
}
