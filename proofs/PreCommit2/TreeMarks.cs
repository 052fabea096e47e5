using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Federation.Proofs.Trees;

namespace Federation.Proofs.PreCommit2;

/// <summary>
/// Files beside tree files that say that a tree is complete: what it was made of, its root and the file's SHA-256. A
/// mark is written when the tree is on the disk and has been read back. A tree without one, or with one of other
/// inputs, counts for nothing. Text of a fixed length.
/// </summary>
/// <param name="inputs">Tells replicas apart.</param>
internal sealed class TreeMarks(Bytes32 inputs)
{
    /// <summary>Length of a mark.</summary>
    public static readonly int SizeBytes = new TreeMarks(default).TextOf(default, default).Length;

    private const int BufferBytes = 1 << 20;

    /// <summary>Name of a tree file's mark.</summary>
    public static string NameOf(string tree) => tree + ".mark";

    /// <summary>Marks a tree whose file is closed: brings it to the disk, reads it back, and writes the mark.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; there is no mark.</exception>
    public void Write(string treePath, TreeLayout layout, Bytes32 root, CancellationToken cancellationToken)
    {
        using (var tree = NodeFile.OpenWrite(treePath))
        {
            tree.Flush(cancellationToken);
        }

        FileRegions.WriteWhole(
            NameOf(treePath), Encoding.ASCII.GetBytes(TextOf(root, Digest(treePath, layout, cancellationToken))));
    }

    /// <summary>The root of a tree that is marked and as the mark says; null for any other.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Bytes32? Read(string treePath, TreeLayout layout, CancellationToken cancellationToken)
    {
        var mark = new FileInfo(NameOf(treePath));
        var tree = new FileInfo(treePath);
        if (!mark.Exists || mark.Length != SizeBytes
            || !tree.Exists || tree.Length != layout.StoredNodes * SectorShape.NodeSize)
        {
            return null;
        }

        var text = File.ReadAllText(mark.FullName, Encoding.ASCII);
        var root = new byte[SectorShape.NodeSize];
        using (var file = NodeFile.OpenRandom(treePath, layout.StoredNodes))
        {
            file.Read(layout.StoredNodes - 1, root);
        }

        var expected = new Bytes32(root);
        return text == TextOf(expected, Digest(treePath, layout, cancellationToken)) ? expected : null;
    }

    private string TextOf(Bytes32 root, Bytes32 digest) =>
        string.Create(CultureInfo.InvariantCulture, $"tree 1\ninputs {inputs}\nroot {root}\nsha256 {digest}\n");

    private static Bytes32 Digest(string path, TreeLayout layout, CancellationToken cancellationToken)
    {
        using var file = NodeFile.OpenSequential(path, layout.StoredNodes);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        for (long node = 0; node < layout.StoredNodes; node += BufferBytes / SectorShape.NodeSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = buffer.AsSpan(
                0, (int)Math.Min(BufferBytes, (layout.StoredNodes - node) * SectorShape.NodeSize));
            file.Read(node, part);
            hash.AppendData(part);
        }

        return new Bytes32(hash.GetHashAndReset());
    }
}
