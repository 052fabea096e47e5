using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Graph;

/// <summary>
/// Filecoin's parent cache: for each node 14 × u32 LE, base parents before expander parents, in one file per graph
/// that all processes of a machine share. It is written once, under another name, by whoever locks that name first;
/// the others wait.
/// </summary>
internal static class ParentCacheFile
{
    /// <summary>Bytes of one node's row.</summary>
    public const int RowSize = SdrGraph.Degree * sizeof(uint);

    private const int NodesPerWrite = 1 << 16, CheckedRows = 64;

    /// <summary>Linux's error number EWOULDBLOCK: another process holds the file's lock.</summary>
    private const int WouldBlock = 11;

    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The file's name, as rust-fil-proofs gives it. It binds PoRep id and size, not the API version.
    /// </summary>
    public static string NameOf(SealConfig config) => $"v28-sdr-parent-{NameDigest(config)}.cache";

    /// <summary>SHA-256 that Filecoin published for this graph's file, or null.</summary>
    public static string? PublishedDigest(SealConfig config) => KnownParentCaches.DigestOf(NameDigest(config));

    /// <summary>Opens the cache in a folder; writes it first when it is missing.</summary>
    /// <exception cref="InvalidDataException">
    /// The file is not this graph's; the message names it and the remedy.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled, also while another process writes the file.</exception>
    public static FileParentReader Open(
        SdrGraph graph, string directory, int threads, Action<double>? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, NameOf(graph.Config));
        while (!File.Exists(path))
        {
            if (TryLock(path + ".tmp") is not { } file)
            {
                cancellationToken.WaitHandle.WaitOne(LockRetry);
                cancellationToken.ThrowIfCancellationRequested();
                continue;
            }

            using (file)
            {
                WriteLocked(graph, file, path, threads, progress, cancellationToken);
            }
        }

        return OpenChecked(graph, path);
    }

    /// <summary>Writes all rows to a stream and returns their SHA-256 in lower-case hexadecimal digits.</summary>
    public static string Write(
        SdrGraph graph, Stream output, int threads, Action<double>? progress, CancellationToken cancellationToken)
    {
        using var reader = new ComputedParentReader(graph, threads);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = new uint[(int)Math.Min(graph.Nodes, NodesPerWrite) * SdrGraph.Degree];
        var bytes = new byte[rows.Length * sizeof(uint)];
        for (long node = 0; node < graph.Nodes; node += rows.Length / SdrGraph.Degree)
        {
            cancellationToken.ThrowIfCancellationRequested();
            reader.Read(node, rows);
            for (var i = 0; i < rows.Length; i++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), rows[i]);
            }

            digest.AppendData(bytes);
            output.Write(bytes);
            progress?.Invoke((double)node / graph.Nodes);
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    /// <summary>Opens the file under its temporary name, alone; null while another process holds it.</summary>
    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException error) when (error.HResult == WouldBlock)
        {
            return null;
        }
    }

    private static void WriteLocked(
        SdrGraph graph,
        FileStream file,
        string path,
        int threads,
        Action<double>? progress,
        CancellationToken cancellationToken)
    {
        // Another process may have finished between the look for the file and the lock.
        if (File.Exists(path))
        {
            File.Delete(file.Name);
            return;
        }

        file.SetLength(0);
        var digest = Write(graph, file, threads, progress, cancellationToken);
        var published = graph.Config.RegisteredSealProof is null ? null : PublishedDigest(graph.Config);
        if (published is not null && digest != published)
        {
            throw new InvalidDataException(
                $"the computed parent cache {path} has SHA-256 {digest}, but Filecoin's has {published}");
        }

        file.Flush(flushToDisk: true);
        File.Move(file.Name, path, overwrite: true);
    }

    private static FileParentReader OpenChecked(SdrGraph graph, string path)
    {
        SafeFileHandle? file = null;
        try
        {
            file = FileRegions.OpenRead(path, graph.Nodes * RowSize);
            RequireSampledRows(graph, file, path);
            return new FileParentReader(file, path);
        }
        catch (InvalidDataException error)
        {
            file?.Dispose();
            throw new InvalidDataException(
                $"parent cache {path} is damaged or of another graph ({error.Message}): "
                + "delete it, it is made anew",
                error);
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

    private static string NameDigest(SealConfig config)
    {
        var nodes = config.Shape.Nodes;
        var identifier = "poseidon_hasher" +
            "stacked_graph::StackedGraph{expansion_degree: 8 base_graph: drgraph::BucketGraph{size: " +
            $"{nodes}; degree: 6; hasher: poseidon_hasher}} }}";
        var keys = GraphSeeds.Derive(config.PoRepId).FeistelKeys;
        var preimage = new byte[identifier.Length + (keys.Length * sizeof(ulong)) + sizeof(uint)];
        var position = Encoding.ASCII.GetBytes(identifier, preimage);
        foreach (var key in keys)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(preimage.AsSpan(position), key);
            position += sizeof(ulong);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(preimage.AsSpan(position), (uint)nodes);
        return Convert.ToHexStringLower(SHA256.HashData(preimage));
    }
}
