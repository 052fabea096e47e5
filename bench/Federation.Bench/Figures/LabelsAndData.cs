using Federation.Proofs;
using Federation.Proofs.Fields;
using Federation.Proofs.Labels;
using Federation.Proofs.Trees;

namespace Federation.Bench.Figures;

/// <summary>Files that PreCommit2 reads, filled with field elements at random.</summary>
internal static class LabelsAndData
{
    private const int Seed = 512, NodesPerWrite = 1 << 15;

    /// <summary>Writes all layers and a data file to the folder, and returns the data file's path.</summary>
    public static string Write(string directory, SectorShape shape, CancellationToken cancellationToken)
    {
        var data = Path.Combine(directory, "unsealed");
        var files = Enumerable.Range(1, shape.Layers).Select(layer => Path.Combine(directory, CacheFiles.Layer(layer)));
        var random = new Random(Seed);
        var nodes = new byte[NodesPerWrite * Fr.SizeBytes];
        foreach (var path in files.Append(data))
        {
            using var file = NodeFile.Create(path);
            for (long node = 0; node < shape.Nodes; node += NodesPerWrite)
            {
                cancellationToken.ThrowIfCancellationRequested();
                random.NextBytes(nodes);
                for (var last = Fr.SizeBytes - 1; last < nodes.Length; last += Fr.SizeBytes)
                {
                    nodes[last] &= 0x3f;
                }

                file.Write(node, nodes.AsSpan(0, (int)Math.Min(NodesPerWrite, shape.Nodes - node) * Fr.SizeBytes));
            }
        }

        return data;
    }

    /// <summary>
    /// Marks the layers as PreCommit1 does, so that PreCommit2 checks them as it does everywhere else.
    /// </summary>
    public static void Mark(string directory, SectorShape shape, CancellationToken cancellationToken)
    {
        for (var layer = 1; layer <= shape.Layers; layer++)
        {
            var checksum = new LayerChecksum();
            LayerCheck.Read(shape, directory, layer, (_, labels) => checksum.Add(labels), cancellationToken);
            LayerMark.Write(directory, layer, default, shape.SectorSize, checksum);
        }
    }
}
