using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Commit1;

/// <summary>Columns from the layer files. Safe for concurrent use.</summary>
internal sealed class LayerColumns : IDisposable
{
    private readonly List<(SafeFileHandle File, string Path)> _layers = [];

    /// <summary>Opens all layers of a cache folder.</summary>
    /// <exception cref="FileNotFoundException">A layer is missing.</exception>
    /// <exception cref="InvalidDataException">A layer has another size.</exception>
    public LayerColumns(SectorShape shape, string cacheDirectory)
    {
        try
        {
            for (var layer = 1; layer <= shape.Layers; layer++)
            {
                var path = Path.Combine(cacheDirectory, CacheFiles.Layer(layer));
                _layers.Add((FileRegions.OpenRead(path, shape.SectorSize), path));
            }
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The labels of a node, from the first layer to the last.</summary>
    public byte[] Read(uint node)
    {
        var rows = new byte[_layers.Count * Bytes32.Size];
        for (var i = 0; i < _layers.Count; i++)
        {
            var row = rows.AsSpan(i * Bytes32.Size, Bytes32.Size);
            FileRegions.ReadExactly(_layers[i].File, _layers[i].Path, row, (long)node * Bytes32.Size);
        }

        return rows;
    }

    /// <inheritdoc/>
    public void Dispose() => _layers.ForEach(layer => layer.File.Dispose());
}
