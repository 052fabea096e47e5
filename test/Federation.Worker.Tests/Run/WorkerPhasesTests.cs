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
    public void OfRole_Known_IsItsPhases(string role, string phases) => Assert.Equal(phases, string.Join(' ', WorkerPhases.OfRole(role)));

    [Fact]
    public void OfRole_Unknown_NamesTheKnown() =>
        Assert.Contains("APx", Assert.Throws<OperatorException>(() => WorkerPhases.OfRole("PC9")).Remedy, StringComparison.Ordinal);

    [Fact]
    public void OfList_UnknownPhase_IsNamed() =>
        Assert.Contains("XX", Assert.Throws<OperatorException>(() => WorkerPhases.OfList("PC1,XX")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(false, null, null, "AP PC1 PC2 C2 C1 FIN RM")]
    [InlineData(false, false, null, "PC1 PC2 C2 C1 FIN RM")]
    [InlineData(true, null, true, "PC1 C1 FIN RM")]
    public void OfFlags_AsLotus_SwitchesEach(bool noDefault, bool? addPiece, bool? preCommit1, string phases) =>
        Assert.Equal(phases, string.Join(' ', WorkerPhases.OfFlags(noDefault, addPiece, preCommit1, null, null)));

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
}
