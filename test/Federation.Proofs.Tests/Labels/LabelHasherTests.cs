using Federation.Proofs.Graph;
using Federation.Proofs.Labels;

namespace Federation.Proofs.Tests.Labels;

public sealed class LabelHasherTests
{
    [Fact]
    public void Hash_WindowInMemory_AllocatesNothing()
    {
        var graph = new SdrGraph(SealConfig.FromRegistered(5), tabulate: true);
        using var window = new LabelWindow(LabelMemoryPlan.For(graph.Config.Shape, 1 << 30));
        using var labels = new NativeBuffer(graph.Config.Shape.SectorSize);
        using var previous = new NativeBuffer(graph.Config.Shape.SectorSize);
        using var hasher = new LabelHasher(BlockHasher.Best);
        window.MoveTo(0, (int)graph.Nodes, 0);
        new LabelGatherer(new ComputedParentReader(graph, 1), 1).Prepare(window, null, null, default);
        hasher.Hash(default, 1, window, previous, null, default);
        hasher.Hash(default, 2, window, labels, previous, default);

        Allocations.AssertNone(() => hasher.Hash(default, 2, window, labels, previous, default));
    }

    [Fact]
    public void Hash_TooShortBuffer_Throws()
    {
        var graph = new SdrGraph(SealConfig.FromRegistered(5), tabulate: false);
        using var window = new LabelWindow(LabelMemoryPlan.For(graph.Config.Shape, 1 << 30));
        using var labels = new NativeBuffer(graph.Config.Shape.SectorSize - 1);
        using var hasher = new LabelHasher(BlockHasher.Best);
        window.MoveTo(0, (int)graph.Nodes, 0);

        Assert.Throws<ArgumentOutOfRangeException>(() => hasher.Hash(default, 1, window, labels, null, default));
    }

    [Theory]
    [InlineData("512MiB", 1024, true, false)]
    [InlineData("512MiB", 2048, true, true)]
    [InlineData("512MiB", 256, false, false)]
    [InlineData("32GiB", 32, false, false)]
    [InlineData("64GiB", 1024, false, false)]
    public void For_AnyMemory_StaysWithinIt(string shape, int mebibytes, bool previous, bool current)
    {
        var plan = LabelMemoryPlan.For(SectorShape.Parse(shape), (long)mebibytes << 20);

        Assert.Equal((previous, current), (plan.PreviousInMemory, plan.CurrentInMemory));
        Assert.InRange(plan.Bytes(SectorShape.Parse(shape)), 1, (long)mebibytes << 20);
    }
}
