using System.Buffers.Binary;
using System.Security.Cryptography;
using Federation.Proofs.Graph;
using Federation.Proofs.Poseidon;

namespace Federation.Proofs.Tests.Resume;

/// <summary>
/// Small sectors with the layers of large ones, and what they must come to: label by label and column by column, from
/// SHA-256 and Poseidon of single nodes, in the form in which the specification has them.
/// </summary>
internal static class ElevenLayers
{
    public const int Layers = 11;

    private const int Size = Bytes32.Size, ParentsOfLabel = 37;

    /// <summary>A sector of 2 KiB: one base tree.</summary>
    public static SealConfig Smallest { get; } = Config("2KiB");

    /// <summary>A sector of 16 KiB: eight base trees, and so sixteen files that PC2 can go on behind.</summary>
    public static SealConfig OfEightTrees { get; } = Config("16KiB");

    /// <summary>The labels of each layer.</summary>
    public static byte[][] Labels(SealConfig config, Bytes32 replicaId)
    {
        var graph = new SdrGraph(config, tabulate: false);
        var layers = new byte[Layers][];
        for (var layer = 1; layer <= Layers; layer++)
        {
            layers[layer - 1] = new byte[config.Shape.SectorSize];
            for (uint node = 0; node < graph.Nodes; node++)
            {
                var before = layer == 1 ? null : layers[layer - 2];
                Label(graph, replicaId, layer, node, before, layers[layer - 1]);
            }
        }

        return layers;
    }

    /// <summary>Root of the tree over the columns.</summary>
    public static Bytes32 CommC(SectorShape shape, byte[][] layers)
    {
        var row = new byte[shape.SectorSize];
        var column = new byte[Layers * Size];
        for (var at = 0; at < row.Length; at += Size)
        {
            for (var layer = 0; layer < Layers; layer++)
            {
                layers[layer].AsSpan(at, Size).CopyTo(column.AsSpan(layer * Size));
            }

            PoseidonHash.HashNodes(column, row.AsSpan(at, Size));
        }

        while (row.Length > Size)
        {
            row = Parents(row);
        }

        return new Bytes32(row);
    }

    /// <summary>Arity 8 in both shapes, in base trees as above them.</summary>
    private static byte[] Parents(byte[] row)
    {
        var parents = new byte[row.Length / 8];
        for (var at = 0; at < parents.Length; at += Size)
        {
            PoseidonHash.HashNodes(row.AsSpan(at * 8, Size * 8), parents.AsSpan(at, Size));
        }

        return parents;
    }

    private static void Label(
        SdrGraph graph, Bytes32 replicaId, int layer, uint node, byte[]? before, byte[] current)
    {
        var preimage = new byte[64 + (node == 0 ? 0 : ParentsOfLabel * Size)];
        replicaId.CopyTo(preimage);
        BinaryPrimitives.WriteUInt32BigEndian(preimage.AsSpan(32), (uint)layer);
        BinaryPrimitives.WriteUInt64BigEndian(preimage.AsSpan(36), node);
        if (node > 0)
        {
            Span<uint> row = stackalloc uint[SdrGraph.Degree];
            graph.Parents(node, row);
            var distinct = before is null ? SdrGraph.BaseDegree : SdrGraph.Degree;
            for (var k = 0; k < ParentsOfLabel; k++)
            {
                var source = k % distinct < SdrGraph.BaseDegree ? current : before!;
                source.AsSpan((int)row[k % distinct] * Size, Size).CopyTo(preimage.AsSpan(64 + (k * Size)));
            }
        }

        var label = SHA256.HashData(preimage);
        label[31] &= 0x3f;
        label.CopyTo(current.AsSpan((int)node * Size));
    }

    private static SealConfig Config(string size)
    {
        var shape = SectorShape.Parse(size) with { Layers = Layers };
        var poRepId = Bytes32.FromHex(string.Concat(Enumerable.Repeat("b7", Size)));
        return SealConfig.Create(shape.SectorSize, poRepId, ApiVersion.V1_1, PoRepFeature.Interactive) with
        {
            Shape = shape,
        };
    }
}
