using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Graph;

// Whether a file is this graph's: rows spread over it always, its digest when it is due.
internal static partial class ParentCacheFile
{
    private const int CheckedRows = 64;

    // Files whose digest this process has compared, and what they were like then.
    private static readonly ConcurrentDictionary<string, (long Length, DateTime Written)> Whole =
        new(StringComparer.Ordinal);

    private static (long Length, DateTime Written) StampOf(string path)
    {
        var file = new FileInfo(path);
        return (file.Length, file.LastWriteTimeUtc);
    }

    private static FileParentReader Checked(
        SdrGraph graph, SafeFileHandle file, string path, Action? requireDigest)
    {
        var isGood = false;
        try
        {
            RequireSampledRows(graph, file, path);
            requireDigest?.Invoke();
            isGood = true;
            return new FileParentReader(file, path);
        }
        catch (InvalidDataException error)
        {
            throw Damaged(path, error);
        }
        finally
        {
            if (!isGood)
            {
                file.Dispose();
            }
        }
    }

    private static void RequireDigest(
        SdrGraph graph,
        SafeFileHandle file,
        string path,
        int threads,
        Action<double>? progress,
        CancellationToken cancellationToken)
    {
        var expected = PublishedDigestOf(graph) ?? Write(graph, Stream.Null, threads, null, cancellationToken);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var size = graph.Nodes * RowSize;
        var buffer = new byte[(int)Math.Min(size, NodesPerPiece * RowSize)];
        for (long position = 0; position < size; position += buffer.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FileRegions.ReadExactly(file, path, buffer, position);
            digest.AppendData(buffer);
            progress?.Invoke((double)(position + buffer.Length) / size);
        }

        var actual = Convert.ToHexStringLower(digest.GetHashAndReset());
        if (actual != expected)
        {
            throw new InvalidDataException($"its SHA-256 is {actual}, not {expected}");
        }
    }

    /// <summary>
    /// A full digest of 56 GiB takes minutes; rows spread over the file catch another graph and torn writes.
    /// </summary>
    private static void RequireSampledRows(SdrGraph graph, SafeFileHandle file, string path)
    {
        Span<byte> row = stackalloc byte[RowSize];
        Span<uint> parents = stackalloc uint[SdrGraph.Degree];
        for (var i = 0; i <= CheckedRows; i++)
        {
            var node = (graph.Nodes - 1) * i / CheckedRows;
            FileRegions.ReadExactly(file, path, row, node * RowSize);
            graph.Parents((uint)node, parents);
            for (var k = 0; k < parents.Length; k++)
            {
                if (BinaryPrimitives.ReadUInt32LittleEndian(row[(k * sizeof(uint))..]) != parents[k])
                {
                    throw new InvalidDataException($"parent {k} of node {node} is wrong");
                }
            }
        }
    }
}
