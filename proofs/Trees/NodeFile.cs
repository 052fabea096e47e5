using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Trees;

/// <summary>
/// A file of 32-byte nodes, read and written by node number. Positions are 64-bit; no file pages are mapped. Safe for
/// concurrent reads, and for concurrent writes of different nodes.
/// </summary>
internal sealed class NodeFile : IDisposable
{
    public const int NodeBytes = SectorShape.NodeSize;

    private readonly SafeFileHandle _handle;

    private NodeFile(string path, SafeFileHandle handle)
    {
        Path = path;
        _handle = handle;
    }

    public string Path { get; }

    /// <summary>Opens a file that must hold exactly so many nodes, for reads here and there.</summary>
    /// <exception cref="InvalidDataException">The file has another size.</exception>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    public static NodeFile OpenRandom(string path, long nodes) =>
        new(path, FileRegions.OpenRead(path, nodes * NodeBytes));

    /// <summary>Opens a file that must hold exactly so many nodes, for reads from beginning to end.</summary>
    /// <exception cref="InvalidDataException">The file has another size.</exception>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    public static NodeFile OpenSequential(string path, long nodes) =>
        new(path, FileRegions.OpenRead(path, nodes * NodeBytes, FileOptions.None));

    /// <summary>Opens a file of at least so many nodes; what follows them (Lotus's trailer) is never read.</summary>
    /// <exception cref="InvalidDataException">The file is shorter.</exception>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    public static NodeFile OpenPrefix(string path, long nodes) =>
        new(path, FileRegions.OpenRead(path, nodes * NodeBytes, FileOptions.None, mayBeLonger: true));

    /// <summary>Creates or empties a file.</summary>
    public static NodeFile Create(string path) =>
        new(path, File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete));

    /// <summary>Creates or empties a file and gives it so many nodes of zeros, which take no space until
    /// written.</summary>
    public static NodeFile Create(string path, long nodes)
    {
        NodeFile file = Create(path);
        RandomAccess.SetLength(file._handle, nodes * NodeBytes);
        return file;
    }

    /// <summary>Opens an existing file as it is.</summary>
    public static NodeFile OpenWrite(string path) =>
        new(path, File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete));

    public void Read(long firstNode, Span<byte> nodes) =>
        FileRegions.ReadExactly(_handle, Path, nodes, firstNode * NodeBytes);

    public void Write(long firstNode, ReadOnlySpan<byte> nodes) =>
        RandomAccess.Write(_handle, nodes, firstNode * NodeBytes);

    /// <summary>Returns when everything that was written is on the disk.</summary>
    public void Flush() => RandomAccess.FlushToDisk(_handle);

    /// <summary>The same, or at once when cancelled; the disk then goes on by itself.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Flush(CancellationToken cancellationToken) => FileRegions.Flush(_handle, cancellationToken);

    public void Dispose() => _handle.Dispose();
}
