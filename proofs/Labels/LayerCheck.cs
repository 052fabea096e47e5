using Federation.Proofs.Graph;
using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Labels;

/// <summary>
/// Tells whether a layer's file is there, complete and of this replica: its size, and labels spread over it computed
/// anew. A file of another ticket fails at node 0, whose label holds nothing but replica id and layer.
/// </summary>
internal static class LayerCheck
{
    private const int SampledNodes = 32;

    /// <summary>True when the layer can be used as it is.</summary>
    public static bool IsComplete(SdrGraph graph, Bytes32 replicaId, string folder, int layer)
    {
        var path = Path.Combine(folder, CacheFiles.Layer(layer));
        if (!File.Exists(path) || new FileInfo(path).Length != graph.Config.Shape.SectorSize)
        {
            return false;
        }

        using var file = FileRegions.OpenRead(path, graph.Config.Shape.SectorSize);
        using var before = layer == 1
            ? null
            : FileRegions.OpenRead(Path.Combine(folder, CacheFiles.Layer(layer - 1)), graph.Config.Shape.SectorSize);
        for (var i = 0; i <= SampledNodes; i++)
        {
            var node = (uint)((graph.Nodes - 1) * i / SampledNodes);
            if (!HasLabel(graph, replicaId, layer, node, file, before, path))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasLabel(
        SdrGraph graph,
        Bytes32 replicaId,
        int layer,
        uint node,
        SafeFileHandle file,
        SafeFileHandle? before,
        string path)
    {
        Span<byte> found = stackalloc byte[Bytes32.Size];
        Span<byte> expected = stackalloc byte[Bytes32.Size];
        Span<byte> parents = stackalloc byte[SdrLabel.ParentCount * Bytes32.Size];
        Span<uint> row = stackalloc uint[SdrGraph.Degree];
        graph.Parents(node, row);
        var distinct = before is null ? SdrGraph.BaseDegree : SdrGraph.Degree;
        for (var k = 0; k < SdrLabel.ParentCount; k++)
        {
            var source = k % distinct < SdrGraph.BaseDegree ? file : before!;
            FileRegions.ReadExactly(
                source, path, parents.Slice(k * Bytes32.Size, Bytes32.Size), (long)row[k % distinct] * Bytes32.Size);
        }

        SdrLabel.Compute(replicaId, (uint)layer, node, parents, expected);
        FileRegions.ReadExactly(file, path, found, (long)node * Bytes32.Size);
        return found.SequenceEqual(expected);
    }
}
