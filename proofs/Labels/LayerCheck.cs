using Federation.Proofs.Graph;
using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Labels;

/// <summary>
/// Tells whether a layer's file is there, complete and of this replica: by its checksum mark, which is what PC1 goes on
/// from; or by its size and labels spread over it, computed anew, for layers that others may have made. A file of
/// another ticket fails at node 0, whose label holds nothing but replica id and layer.
/// </summary>
internal static class LayerCheck
{
    private const int SampledNodes = 32, ReadSize = 1 << 20;

    /// <summary>Takes the labels of a layer that is read, in the order of their nodes.</summary>
    /// <param name="position">Bytes of the layer before these.</param>
    /// <param name="labels">Whole labels.</param>
    public delegate void LabelSink(long position, ReadOnlySpan<byte> labels);

    /// <summary>Reads the layer and compares it with its mark: true when it can be used as it is.</summary>
    /// <param name="shape">Shape.</param>
    /// <param name="replicaId">Replica id.</param>
    /// <param name="folder">Cache folder.</param>
    /// <param name="layer">Layer, counted from 1.</param>
    /// <param name="sink">Given all labels while they are read, before the answer is known; may be null.</param>
    /// <param name="cancellationToken">Looked at every MiB.</param>
    public static bool IsMarked(
        SectorShape shape,
        Bytes32 replicaId,
        string folder,
        int layer,
        LabelSink? sink,
        CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, CacheFiles.Layer(layer));
        var expected = LayerMark.ChecksumOf(folder, layer, replicaId, shape.SectorSize);
        return expected is not null && File.Exists(path) && new FileInfo(path).Length == shape.SectorSize
            && HasChecksum(shape, folder, layer, expected, sink, cancellationToken);
    }

    /// <summary>
    /// Reads a layer that has a mark, of whatever replica, and requires that it is as the mark says; does nothing where
    /// there is none.
    /// </summary>
    /// <param name="shape">Shape.</param>
    /// <param name="folder">Cache folder.</param>
    /// <param name="layer">Layer, counted from 1.</param>
    /// <param name="readBytes">Told the bytes that were read meanwhile.</param>
    /// <param name="cancellationToken">Looked at every MiB.</param>
    /// <exception cref="InvalidDataException">The layer or its mark is damaged; the message names it.</exception>
    public static void RequireAsMarked(
        SectorShape shape, string folder, int layer, Action<long> readBytes, CancellationToken cancellationToken)
    {
        if (!LayerMark.Exists(folder, layer))
        {
            return;
        }

        var expected = LayerMark.ChecksumOf(folder, layer, shape.SectorSize);
        if (expected is null
            || !HasChecksum(
                shape, folder, layer, expected, (_, labels) => readBytes(labels.Length), cancellationToken))
        {
            throw new InvalidDataException(
                $"layer {Path.Combine(folder, CacheFiles.Layer(layer))} is not as its mark "
                + $"{CacheFiles.LayerMark(layer)} says, one of them is damaged: run PreCommit1 again");
        }
    }

    private static bool HasChecksum(
        SectorShape shape,
        string folder,
        int layer,
        string expected,
        LabelSink? sink,
        CancellationToken cancellationToken)
    {
        var checksum = new LayerChecksum();
        Read(shape, folder, layer, Add, cancellationToken);
        return checksum.ToString() == expected;

        void Add(long position, ReadOnlySpan<byte> labels)
        {
            checksum.Add(labels);
            sink?.Invoke(position, labels);
        }
    }

    /// <summary>Reads a whole layer.</summary>
    /// <exception cref="InvalidDataException">The file is too short.</exception>
    public static void Read(
        SectorShape shape, string folder, int layer, LabelSink sink, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, CacheFiles.Layer(layer));
        using var file = FileRegions.OpenRead(path, shape.SectorSize);
        using var buffer = new NativeBuffer(Math.Min(ReadSize, shape.SectorSize));
        for (long position = 0; position < shape.SectorSize; position += buffer.Size)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = buffer.Span(0, (int)buffer.Size);
            FileRegions.ReadExactly(file, path, part, position);
            sink(position, part);
        }
    }

    /// <summary>True when the layer's size and samples are right.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static bool IsComplete(
        SdrGraph graph, Bytes32 replicaId, string folder, int layer, CancellationToken cancellationToken)
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
            cancellationToken.ThrowIfCancellationRequested();
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
