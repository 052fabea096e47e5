using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Graph;

/// <summary>
/// Reads parents from a parent cache file, without mapping it: pages of the file stay outside this process.
/// </summary>
internal sealed class FileParentReader(SafeFileHandle file, string path) : IParentReader
{
    /// <inheritdoc/>
    public void Read(long firstNode, Span<uint> rows)
    {
        var bytes = MemoryMarshal.AsBytes(rows);
        FileRegions.ReadExactly(file, path, bytes, firstNode * ParentCacheFile.RowSize);
        if (!BitConverter.IsLittleEndian)
        {
            System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(rows, rows);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
