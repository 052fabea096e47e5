using Federation.Hosting;
using Federation.Worker.Run;

namespace Federation.Worker.Tests.Run;

public sealed class WorkerPhasesTests
{
    [Theory]
    [InlineData("APx", "AP C1 FIN RM")]
    [InlineData("P1", "PC1")]
    [InlineData("P2", "PC2")]
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
    [InlineData(false, null, null, "AP PC1 PC2 C1 FIN RM")]
    [InlineData(false, false, null, "PC1 PC2 C1 FIN RM")]
    [InlineData(true, null, true, "PC1 C1 FIN RM")]
    public void OfFlags_AsLotus_SwitchesEach(bool noDefault, bool? addPiece, bool? preCommit1, string phases) =>
        Assert.Equal(phases, string.Join(' ', WorkerPhases.OfFlags(noDefault, addPiece, preCommit1, null, null)));

    [Theory]
    [InlineData("--role C2")]
    [InlineData("--phases PC1,C2")]
    [InlineData("--commit")]
    [InlineData("--slots C2=1")]
    public void Commit2_AskedFor_IsSaidToBeMissing(string asked)
    {
        Action choose = asked.Split(' ') switch
        {
            ["--role", var role] => () => WorkerPhases.OfRole(role),
            ["--phases", var list] => () => WorkerPhases.OfList(list),
            ["--slots", var slots] => () => WorkerPhases.Slots(["PC1"], slots),
            _ => static () => WorkerPhases.OfFlags(noDefault: true, null, null, null, commit: true),
        };

        var refused = Assert.Throws<OperatorException>(choose);

        Assert.StartsWith($"{asked} asks for C2, which this version cannot do", refused.Message,
            StringComparison.Ordinal);
        Assert.Contains("leave C2 out", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Slots_Changed_KeepsTheOthers()
    {
        var slots = WorkerPhases.Slots(["PC1", "PC2"], "PC1=5,AP=3");
        Assert.Equal(5u, slots["PC1"]);
        Assert.Equal(1u, slots["PC2"]);
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
