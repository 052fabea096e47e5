using System.Buffers.Binary;
using System.Security.Cryptography;
using Federation.Proofs.Graph;
using Federation.Proofs.Labels;
using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Tests.Labels;

/// <summary>The end of a 32 or 64 GiB layer, on sparse files: node numbers to 2^31 - 1, offsets to 2^36.</summary>
public sealed class LargeSectorTests : IDisposable
{
    private const int Nodes = 24;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(3, 1)]
    [InlineData(8, 11)]
    [InlineData(4, 2)]
    [InlineData(9, 11)]
    public void Hash_LastNodesOfLayer_AreTheSpecifiedLabels(int registered, int layer)
    {
        var graph = new SdrGraph(SealConfig.FromRegistered(registered), tabulate: false);
        var first = graph.Nodes - Nodes;
        var rows = new uint[Nodes * SdrGraph.Degree];
        new ComputedParentReader(graph, 1).Read(first, rows);
        using var current = Sparse("current", graph);
        using var previous = Sparse("previous", graph);
        for (var i = 0; i < rows.Length; i++)
        {
            var isBase = i % SdrGraph.Degree < SdrGraph.BaseDegree;
            if (!isBase || rows[i] < first)
            {
                RandomAccess.Write(isBase ? current : previous, Content(isBase, rows[i]), (long)rows[i] * 32);
            }
        }

        var plan = new LabelMemoryPlan(PreviousInMemory: false, CurrentInMemory: false, Nodes);
        using var window = new LabelWindow(plan);
        using var hasher = new LabelHasher(BlockHasher.Best);
        using var resident = new NativeBuffer(2 * Nodes * 32);
        window.MoveTo(first, Nodes, residentFrom: first);
        new LabelGatherer(new ComputedParentReader(graph, 1), 2).Prepare(
            window,
            new LayerFile(current, "current"),
            layer == 1 ? null : new LayerFile(previous, "previous"),
            default);
        hasher.Hash(default, layer, window, resident, null, default);

        var labels = new List<byte[]>();
        for (var i = 0; i < Nodes; i++)
        {
            var row = rows[(i * SdrGraph.Degree)..][..(layer == 1 ? SdrGraph.BaseDegree : SdrGraph.Degree)];
            var once = row.Select((parent, k) => k >= SdrGraph.BaseDegree || parent < first
                ? Content(k < SdrGraph.BaseDegree, parent)
                : labels[(int)(parent - first)]).ToArray();
            var expected = new byte[32];
            var preimage = Enumerable.Range(0, SdrLabel.ParentCount).SelectMany(k => once[k % once.Length]).ToArray();
            SdrLabel.Compute(default, (uint)layer, (ulong)(first + i), preimage, expected);
            labels.Add(expected);
            Assert.Equal(expected, resident.Span(i * 32, 32).ToArray());
        }
    }

    [Fact]
    public void Read_CacheRowsPast2To31_AreTheGraphs()
    {
        var graph = new SdrGraph(SealConfig.FromRegistered(9), tabulate: false);
        var path = _folder["parents"];
        var written = new uint[SdrGraph.Degree];
        graph.Parents(int.MaxValue, written);
        using (var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write))
        {
            var row = new byte[ParentCacheFile.RowSize];
            for (var k = 0; k < written.Length; k++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(row.AsSpan(4 * k), written[k]);
            }

            RandomAccess.SetLength(file, graph.Nodes * ParentCacheFile.RowSize);
            RandomAccess.Write(file, row, (graph.Nodes - 1) * ParentCacheFile.RowSize);
        }

        var read = new uint[SdrGraph.Degree];
        using var reader = new FileParentReader(
            FileRegions.OpenRead(path, graph.Nodes * ParentCacheFile.RowSize), path);
        reader.Read(graph.Nodes - 1, read);

        Assert.Equal(written, read);
    }

    private static byte[] Content(bool isBase, uint node) => SHA256.HashData(
        [.. BitConverter.GetBytes(isBase), .. BitConverter.GetBytes(node)]);

    private SafeFileHandle Sparse(string name, SdrGraph graph)
    {
        var file = File.OpenHandle(_folder[name], FileMode.CreateNew, FileAccess.ReadWrite);
        RandomAccess.SetLength(file, graph.Config.Shape.SectorSize);
        return file;
    }
}
