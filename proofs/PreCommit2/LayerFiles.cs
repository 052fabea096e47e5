using System.Buffers;
using Federation.Proofs.Fields;
using Federation.Proofs.Poseidon;
using Federation.Proofs.Trees;

namespace Federation.Proofs.PreCommit2;

/// <summary>The label files of a sector, read column by column. Safe for concurrent use.</summary>
internal sealed class LayerFiles : IDisposable
{
    private const int NodeBytes = SectorShape.NodeSize;
    private const int ColumnsPerRead = 1024;

    private readonly NodeFile[] _layers;

    private LayerFiles(NodeFile[] layers) => _layers = layers;

    /// <summary>The last layer, which the data is encoded with.</summary>
    public NodeFile Key => _layers[^1];

    /// <exception cref="FileNotFoundException">A layer is missing.</exception>
    /// <exception cref="InvalidDataException">A layer has another size.</exception>
    public static LayerFiles Open(SectorShape shape, string directory)
    {
        var layers = new List<NodeFile>(shape.Layers);
        try
        {
            for (int layer = 1; layer <= shape.Layers; layer++)
            {
                layers.Add(NodeFile.OpenSequential(Path.Combine(directory, CacheFiles.Layer(layer)), shape.Nodes));
            }

            return new LayerFiles([.. layers]);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            layers.ForEach(layer => layer.Dispose());
            throw;
        }
    }

    /// <summary>A node's labels from the first layer to the last.</summary>
    public byte[] ReadColumn(long node)
    {
        var column = new byte[_layers.Length * NodeBytes];
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            _layers[layer].Read(node, column.AsSpan(layer * NodeBytes, NodeBytes));
        }

        return column;
    }

    /// <summary>Writes the hashes of consecutive columns: Poseidon of a node's labels from the first layer to the
    /// last.</summary>
    /// <exception cref="InvalidDataException">A label is not a field element.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void HashColumns(long firstNode, Span<byte> hashes, CancellationToken cancellationToken)
    {
        int rowBytes = Math.Min(hashes.Length, ColumnsPerRead * NodeBytes);
        byte[] rows = ArrayPool<byte>.Shared.Rent(_layers.Length * rowBytes);
        try
        {
            for (int done = 0; done < hashes.Length; done += rowBytes)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Span<byte> batch = hashes.Slice(done, Math.Min(rowBytes, hashes.Length - done));
                HashBatch(firstNode + (done / NodeBytes), rows, batch);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rows);
        }
    }

    public void Dispose()
    {
        foreach (NodeFile layer in _layers)
        {
            layer.Dispose();
        }
    }

    private void HashBatch(long firstNode, Span<byte> rows, Span<byte> hashes)
    {
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            _layers[layer].Read(firstNode, rows.Slice(layer * hashes.Length, hashes.Length));
        }

        ReadOnlySpan<byte> columns = rows[..(_layers.Length * hashes.Length)];
        try
        {
            PoseidonBatch.HashColumns(_layers.Length, columns, hashes);
        }
        catch (NonCanonicalFieldElementException failure)
        {
            throw Corrupt(firstNode, columns, hashes.Length, failure);
        }
    }

    private InvalidDataException Corrupt(long firstNode, ReadOnlySpan<byte> rows, int rowBytes, Exception cause)
    {
        int offset = 0;
        while (Fr.IsCanonical(rows.Slice(offset, NodeBytes)))
        {
            offset += NodeBytes;
        }

        (int layer, int inRow) = Math.DivRem(offset, rowBytes);
        return new InvalidDataException(
            $"file {_layers[layer].Path} is corrupt at node {firstNode + (inRow / NodeBytes)}: "
            + "remove it and run PreCommit1 again",
            cause);
    }
}
