using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Graph;

/// <summary>
/// Filecoin's parent cache: for each node 14 × u32 LE, base parents before expander parents, in one file per graph
/// that all processes of a machine share. It is written once, under another name, by whoever locks that name first;
/// the others wait.
/// </summary>
internal static partial class ParentCacheFile
{
    /// <summary>Bytes of one node's row.</summary>
    public const int RowSize = SdrGraph.Degree * sizeof(uint);

    private const int NodesPerPiece = 1 << 12;

    /// <summary>Linux's error number EWOULDBLOCK: another process holds the file's lock.</summary>
    private const int WouldBlock = 11;

    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The file's name, as rust-fil-proofs gives it. It binds PoRep id and size, not the API version.
    /// </summary>
    public static string NameOf(SealConfig config) => $"v28-sdr-parent-{NameDigest(config)}.cache";

    /// <summary>How rust-fil-proofs writes a size's graph, in names that are digests of such texts.</summary>
    public static string GraphIdentifier(SectorShape shape) =>
        "stacked_graph::StackedGraph{expansion_degree: 8 base_graph: drgraph::BucketGraph{size: "
        + $"{shape.Nodes}; degree: 6; hasher: poseidon_hasher}} }}";

    /// <summary>SHA-256 that Filecoin published for this graph's file, or null.</summary>
    public static string? PublishedDigest(SealConfig config) => KnownParentCaches.DigestOf(NameDigest(config));

    /// <summary>Opens the cache in a folder; writes it first when it is missing.</summary>
    /// <param name="graph">The graph, its permutation tabulated.</param>
    /// <param name="directory">Folder of parent caches.</param>
    /// <param name="threads">Threads that write or verify.</param>
    /// <param name="verify">
    /// Compare the whole file's digest each time, and where Filecoin published none with that of the rows as they are
    /// computed. Without it the digest is compared with Filecoin's when this process first opens the file, or finds it
    /// changed: one wrong parent makes labels that nobody can make again without it. Rows spread over the file are
    /// compared always; what was just written needs no more.
    /// </param>
    /// <param name="progress">Takes the part that is written or verified.</param>
    /// <param name="cancellationToken">Ends writing, verifying and waiting for another process.</param>
    /// <exception cref="InvalidDataException">
    /// The file is not this graph's; the message names it and the remedy.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled, also while another process writes the file.</exception>
    public static FileParentReader Open(
        SdrGraph graph,
        string directory,
        int threads,
        bool verify,
        Action<double>? progress,
        CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, NameOf(graph.Config));
        var written = false;
        while (true)
        {
            if (!File.Exists(path) && TryLock(path + ".tmp") is { } unwritten)
            {
                using (unwritten)
                {
                    written |= WriteLocked(graph, unwritten, path, threads, progress, cancellationToken);
                }
            }

            if (File.Exists(path) && TryOpenRead(graph, path) is { } file)
            {
                var now = StampOf(path);
                var isDue = !written
                    && (verify || (PublishedDigestOf(graph) is not null && Whole.GetValueOrDefault(path) != now));
                var reader = Checked(
                    graph,
                    file,
                    path,
                    isDue ? () => RequireDigest(graph, file, path, threads, progress, cancellationToken) : null);
                if (isDue || written)
                {
                    Whole[path] = now;
                }

                return reader;
            }

            cancellationToken.WaitHandle.WaitOne(LockRetry);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Writes all rows to a stream and returns their SHA-256 in lower-case hexadecimal digits.</summary>
    public static string Write(
        SdrGraph graph, Stream output, int threads, Action<double>? progress, CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var nodes = (int)Math.Min(graph.Nodes, NodesPerPiece);
        var pieces = graph.Nodes / nodes;
        ChunkedWork.Run(
            pieces,
            nodes * RowSize,
            new SealOptions { Threads = threads },
            (piece, buffer) =>
            {
                var rows = MemoryMarshal.Cast<byte, uint>(buffer.AsSpan(0, nodes * RowSize));
                graph.Rows((uint)(piece * nodes), rows);
                ToLittleEndian(rows);
            },
            (piece, buffer) =>
            {
                var rows = buffer.AsSpan(0, nodes * RowSize);
                digest.AppendData(rows);
                output.Write(rows);
                progress?.Invoke((double)(piece + 1) / pieces);
            },
            cancellationToken);
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    private static void ToLittleEndian(Span<uint> rows)
    {
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(rows, rows);
        }
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

    /// <summary>False when another process had written the file before this one had the lock.</summary>
    private static bool WriteLocked(
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
            return false;
        }

        file.SetLength(0);
        var isWhole = false;
        try
        {
            var digest = Write(graph, file, threads, progress, cancellationToken);
            if (PublishedDigestOf(graph) is { } published && digest != published)
            {
                throw new InvalidDataException(
                    $"the computed parent cache {path} has SHA-256 {digest}, but Filecoin's has {published}");
            }

            file.Flush();
            FileRegions.Flush(file.SafeFileHandle, cancellationToken);
            isWhole = true;
        }
        finally
        {
            // A part is of use to nobody, and its room is to those who share the disk. Its name stays: another process
            // may hold it open and wait for the lock.
            if (!isWhole)
            {
                file.SetLength(0);
            }
        }

        File.Move(file.Name, path, overwrite: true);
        return true;
    }

    /// <summary>Null also for a graph of another API version than that of the file of its name.</summary>
    private static string? PublishedDigestOf(SdrGraph graph) =>
        graph.Config.RegisteredSealProof is null ? null : PublishedDigest(graph.Config);

    /// <summary>
    /// Null while another process, or another thread of this one, still holds the file that it has just renamed.
    /// </summary>
    private static SafeFileHandle? TryOpenRead(SdrGraph graph, string path)
    {
        try
        {
            return FileRegions.OpenRead(path, graph.Nodes * RowSize);
        }
        catch (InvalidDataException error)
        {
            throw Damaged(path, error);
        }
        catch (IOException error) when (error.HResult == WouldBlock)
        {
            return null;
        }
    }

    private static InvalidDataException Damaged(string path, InvalidDataException error) => new(
        $"parent cache {path} is damaged or of another graph ({error.Message}): delete it, it is made anew", error);

    private static string NameDigest(SealConfig config)
    {
        var nodes = config.Shape.Nodes;
        var identifier = "poseidon_hasher" + GraphIdentifier(config.Shape);
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
