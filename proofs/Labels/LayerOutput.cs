using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Labels;

/// <summary>
/// A layer's file while it is made: under a temporary name, renamed when it is whole and on disk, and then marked with
/// its checksum. What is not completed stays behind under the temporary name. Not thread-safe.
/// </summary>
internal sealed class LayerOutput : IDisposable
{
    private readonly string _folder, _path;
    private readonly int _layer;
    private readonly Bytes32 _replicaId;
    private readonly LayerChecksum _checksum = new();

    /// <summary>Begins a layer's file; a file and a mark that were there count no longer.</summary>
    public LayerOutput(string folder, int layer, Bytes32 replicaId)
    {
        (_folder, _layer, _replicaId) = (folder, layer, replicaId);
        _path = Path.Combine(folder, CacheFiles.Layer(layer));
        TemporaryPath = _path + ".tmp";
        LayerMark.Delete(folder, layer);
        File = System.IO.File.OpenHandle(
            TemporaryPath, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, FileOptions.RandomAccess);
    }

    /// <summary>The file's name for now.</summary>
    public string TemporaryPath { get; }

    /// <summary>Open for reading what was written.</summary>
    public SafeFileHandle File { get; }

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    /// <summary>Writes the next labels.</summary>
    public void Append(ReadOnlySpan<byte> labels)
    {
        RandomAccess.Write(File, labels, Length);
        _checksum.Add(labels);
        Length += labels.Length;
    }

    /// <summary>Makes the layer count. Closes the file.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while the disk took its time; the layer does not
    /// count.</exception>
    public void Complete(CancellationToken cancellationToken)
    {
        FileRegions.Flush(File, cancellationToken);
        File.Dispose();
        System.IO.File.Move(TemporaryPath, _path, overwrite: true);
        LayerMark.Write(_folder, _layer, _replicaId, Length, _checksum);
    }

    /// <inheritdoc/>
    public void Dispose() => File.Dispose();
}
