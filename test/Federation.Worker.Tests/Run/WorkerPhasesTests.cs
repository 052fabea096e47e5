using Federation.Hosting;
using Federation.Worker.Run;

namespace Federation.Worker.Tests.Run;

public sealed class WorkerPhasesTests
{
    [Theory]
    [InlineData("APx", "AP C1 FIN RM")]
    [InlineData("P1", "PC1")]
    [InlineData("P2", "PC2")]
    [InlineData("C2", "C2")]
    public void OfRole_Known_IsItsPhases(string role, string phases) =>
        Assert.Equal(phases, string.Join(' ', WorkerPhases.OfRole(role)));

    [Fact]
    public void OfRole_Unknown_NamesTheKnown() =>
        Assert.Contains("APx", Assert.Throws<OperatorException>(() => WorkerPhases.OfRole("PC9")).Remedy,
            StringComparison.Ordinal);

    [Fact]
    public void OfList_UnknownPhase_IsNamed() =>
        Assert.Contains("XX", Assert.Throws<OperatorException>(() => WorkerPhases.OfList("PC1,XX")).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(false, null, null, null, "AP PC1 PC2 C2 C1 FIN RM")]
    [InlineData(false, false, null, null, "PC1 PC2 C2 C1 FIN RM")]
    [InlineData(false, null, null, false, "AP PC1 PC2 C1 FIN RM")]
    [InlineData(true, null, true, null, "PC1 C1 FIN RM")]
    [InlineData(true, null, null, true, "C2 C1 FIN RM")]
    public void OfFlags_AsLotus_SwitchesEach(
        bool noDefault, bool? addPiece, bool? preCommit1, bool? commit, string phases) =>
        Assert.Equal(phases, string.Join(' ', WorkerPhases.OfFlags(noDefault, addPiece, preCommit1, null, commit)));

    [Fact]
    public void OfList_Commit2_IsAPhase() => Assert.Equal(["PC1", "C2"], WorkerPhases.OfList("PC1,C2"));

    [Fact]
    public void Slots_Changed_KeepsTheOthers()
    {
        var slots = WorkerPhases.Slots(["PC1", "PC2", "C1", "C2"], "PC1=5,AP=3");
        Assert.Equal(5u, slots["PC1"]);
        Assert.Equal(1u, slots["PC2"]);
        Assert.Equal(2u, slots["C1"]);
        Assert.Equal(1u, slots["C2"]);
        Assert.False(slots.ContainsKey("AP"));
    }

    [Theory]
    [InlineData("PC1")]
    [InlineData("PC1=0")]
    [InlineData("PC1=-1")]
    [InlineData("XX=1")]
    public void Slots_Malformed_IsRefused(string text) =>
        Assert.Throws<OperatorException>(() => WorkerPhases.Slots(["PC1"], text));

    [Theory]
    [InlineData(0, 0UL, 0u)]
    [InlineData(2, 0UL, 2u)]
    [InlineData(16, 8388608UL, 16u)]
    public void Lanes_ThatTheMemoryHolds_AreOffered(int asked, ulong sectorSize, uint lanes) =>
        Assert.Equal(lanes, WorkerPhases.Lanes(["PC1"], asked, sectorSize, 256L << 20));

    [Theory]
    [InlineData(1, "PC1", 0UL, "--pc1-lanes 1 is not a number of lanes")]
    [InlineData(17, "PC1", 0UL, "--pc1-lanes 17 is not a number of lanes")]
    [InlineData(-1, "PC1", 0UL, "--pc1-lanes -1 is not a number of lanes")]
    [InlineData(4, "PC2", 0UL, "does not run PC1")]
    [InlineData(16, "PC1", 536870912UL, "needs 16384 MiB of memory")]
    public void Lanes_ThatCouldNeverBeUsed_AreRefused(int asked, string phase, ulong sectorSize, string sentence)
    {
        var refused = Assert.Throws<OperatorException>(() => WorkerPhases.Lanes([phase], asked, sectorSize, 1L << 30));
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
    }
}
