using Federation.Proofs.Graph;
using Federation.Proofs.Labels;

namespace Federation.Proofs.Tests.Labels;

public sealed class LayerPipelineTests
{
    private static readonly SdrGraph Graph = new(SealConfig.FromRegistered(6), tabulate: true);

    // The hasher waits for labels that never come: it must hear of it.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_ParentsCannotBeRead_IsTheirFailure(bool gatherAhead)
    {
        using var pipeline = new LayerPipeline(new FailingParents(5000), BlockHasher.Best, gatherAhead);
        using var labels = new NativeBuffer(Graph.Config.Shape.SectorSize);

        var running = Task.Run(() => pipeline.Run(default, 1, Graph.Nodes, labels, null, _ => { }, default));

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => running.WaitAsync(TimeSpan.FromMinutes(2)));
        Assert.Equal("no parents", error.Message);
    }

    [Fact]
    public async Task Run_TellingFails_BothThreadsEnd()
    {
        using var pipeline = new LayerPipeline(new ComputedParentReader(Graph, 1), BlockHasher.Best, gatherAhead: true);
        using var labels = new NativeBuffer(Graph.Config.Shape.SectorSize);

        var running = Task.Run(() => pipeline.Run(
            default, 1, Graph.Nodes, labels, null, _ => throw new IOException("disk full"), default));

        await Assert.ThrowsAsync<IOException>(() => running.WaitAsync(TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public void Hash_PreparedLabels_AllocatesNothing()
    {
        using var ring = new LabelRing();
        using var labels = new NativeBuffer(Graph.Config.Shape.SectorSize);
        using var gatherer = new RingGatherer(
            ring, new FailingParents(long.MaxValue), BlockHasher.Best, default, 1, Graph.Nodes, labels, null);
        using var hasher = new RingHasher(ring, BlockHasher.Best);
        hasher.HashFirstNode(default, 1, labels);
        ring.Open(firstNode: 1);
        var next = 1L;

        Allocations.AssertNone(() =>
        {
            for (var end = next + (4 * RingGatherer.NodesPerStep); next < end; next += RingGatherer.NodesPerStep)
            {
                gatherer.Step(next);
                hasher.Hash(next, next + RingGatherer.NodesPerStep, SdrGraph.BaseDegree, labels);
            }
        });
    }

    private sealed class FailingParents(long from) : IParentReader
    {
        public void Read(long firstNode, Span<uint> rows)
        {
            if (firstNode >= from)
            {
                throw new InvalidDataException("no parents");
            }

            rows.Clear();
        }

        public void Dispose()
        {
        }
    }
}
