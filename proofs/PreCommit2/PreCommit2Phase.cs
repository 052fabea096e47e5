using System.Security.Cryptography;
using Federation.Proofs.Labels;
using Federation.Proofs.Poseidon;
using Federation.Proofs.Trees;

namespace Federation.Proofs.PreCommit2;

/// <summary>
/// PreCommit2: tree-c over the columns of labels, the replica, tree-r-last over it, <c>p_aux</c>, and CommR. Streams:
/// memory is bounded by the options, not by the sector. A run that was broken off goes on behind the last tree that is
/// complete and marked so; the marks go when all is there.
/// </summary>
public sealed class PreCommit2Phase
{
    private const int NodeBytes = SectorShape.NodeSize;
    private const int NodesPerCopy = 4096;

    private readonly PreCommit2Request _request;
    private readonly SectorShape _shape;
    private readonly SealOptions _options;
    private readonly long _bytesToCheck;
    private readonly PhaseMeter _meter;
    private readonly CancellationToken _cancellationToken;

    private PreCommit2Phase(
        PreCommit2Request request,
        SealOptions options,
        IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken)
    {
        _request = request;
        _shape = request.Config.Shape;
        _options = options;
        _cancellationToken = cancellationToken;

        _bytesToCheck = _shape.SectorSize * (
            Enumerable.Range(1, _shape.Layers).Count(layer => LayerMark.Exists(request.LayerDirectory, layer))
            + (request.CommD is null ? 0 : 1));

        // Products in the field: a tree of arity 8 costs 1/7 hash of about 2,000 per leaf, a column about 600 or 2,900.
        _meter = new PhaseMeter(
            progress,
            ("check", (double)_bytesToCheck / _shape.SectorSize / (_shape.Layers + 1)),
            ("tree-c", _shape.IsProduction ? 32 : 9),
            ("tree-r-last", 3));
    }

    /// <summary>Runs the phase on the calling thread and the options' threads.</summary>
    /// <param name="request">What to read and write. Files that exist are replaced, but for marked trees.</param>
    /// <param name="options">Threads and memory.</param>
    /// <param name="progress">Told stage and fraction, from several threads but never at once.</param>
    /// <param name="cancellationToken">Ends the phase within a second; its files are then incomplete.</param>
    /// <exception cref="FileNotFoundException">A file to read is missing.</exception>
    /// <exception cref="InvalidDataException">
    /// A file to read has a wrong size or wrong content: a layer, by its mark where it has one; data, by their CommD
    /// where it is given.
    /// </exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PreCommit2Result Run(
        PreCommit2Request request,
        SealOptions options,
        IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        return new PreCommit2Phase(request, options, progress, cancellationToken).Run();
    }

    /// <summary>
    /// Names and lengths of the files that a broken run leaves to the next in the output folder. They may be links to
    /// those of another run: none is written to, they are replaced.
    /// </summary>
    public static IEnumerable<(string Name, long Bytes)> Resumable(SectorShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Trees(shape).SelectMany<(string Name, TreeLayout Layout), (string, long)>(tree =>
        [
            (tree.Name, tree.Layout.StoredNodes * NodeBytes),
            (TreeMarks.NameOf(tree.Name), TreeMarks.SizeBytes),
        ]);
    }

    private static IEnumerable<(string Name, TreeLayout Layout)> Trees(SectorShape shape) =>
    [
        .. Enumerable.Range(0, shape.BaseTreeCount)
            .Select(index => (CacheFiles.TreeC(shape, index), TreeLayout.TreeC(shape))),
        .. Enumerable.Range(0, shape.BaseTreeCount)
            .Select(index => (CacheFiles.TreeRLast(shape, index), TreeLayout.TreeRLast(shape))),
    ];

    private PreCommit2Result Run()
    {
        using var layers = LayerFiles.Open(_shape, _request.LayerDirectory);
        using var data = NodeFile.OpenPrefix(_request.UnsealedPath, _shape.Nodes);
        Check(data);
        using var replica = NodeFile.Create(_request.SealedPath);
        var marks = new TreeMarks(Fingerprint(layers));

        Bytes32 commC = BuildTrees(
            CacheFiles.TreeC,
            TreeLayout.TreeC(_shape),
            marks,
            (first, hashes) => layers.HashColumns(first, hashes, _cancellationToken),
            keep: null);

        _meter.NextStage();
        var writer = new ReplicaWriter(data, layers.Key, replica);
        Bytes32 commRLast = BuildTrees(
            CacheFiles.TreeRLast, TreeLayout.TreeRLast(_shape), marks, writer.Encode, writer.Write);
        writer.Finish(_cancellationToken);

        File.WriteAllBytes(PathOf(CacheFiles.PAux), [.. commC.AsSpan(), .. commRLast.AsSpan()]);
        foreach (var (name, _) in Trees(_shape))
        {
            File.Delete(TreeMarks.NameOf(PathOf(name)));
        }

        return new PreCommit2Result(
            commC, commRLast, new Bytes32(PoseidonHash.Hash2(commC.AsSpan(), commRLast.AsSpan())));
    }

    // As much time for a layer as for the data: both are read.
    private void Check(NodeFile data)
    {
        void Count(long bytes) => _meter.Add((double)bytes / _bytesToCheck);
        InputCheck.RequireLayers(_shape, _request.LayerDirectory, _options, Count, _cancellationToken);
        if (_request.CommD is { } commD)
        {
            InputCheck.RequireData(_shape, data, commD, _options, Count, _cancellationToken);
        }

        _meter.NextStage();
    }

    private string PathOf(string name) => Path.Combine(_request.OutputDirectory, name);

    // The label of node 0 hashes the replica id and the layer alone, and the replica id depends on the data.
    private static Bytes32 Fingerprint(LayerFiles layers) => new(SHA256.HashData(layers.ReadColumn(0)));

    private Bytes32 BuildTrees(
        Func<SectorShape, int, string> nameOf, TreeLayout layout, TreeMarks marks, LeafReader leaves, LeafWriter? keep)
    {
        var roots = new byte[_shape.BaseTreeCount * NodeBytes];
        for (int tree = 0; tree < _shape.BaseTreeCount; tree++)
        {
            string path = PathOf(nameOf(_shape, tree));
            long firstLeaf = tree * layout.Leaves;
            void Read(long first, Span<byte> nodes) => leaves(firstLeaf + first, nodes);
            void Done(long first, ReadOnlySpan<byte> nodes)
            {
                keep?.Invoke(firstLeaf + first, nodes);
                _meter.Add((double)(nodes.Length / NodeBytes) / _shape.Nodes);
            }

            Bytes32? root = marks.Read(path, layout, _cancellationToken);
            if (root is null)
            {
                root = BuildTree(path, layout, marks, Read, Done);
            }
            else
            {
                Skip(layout, keep is null ? null : Read, Done);
            }

            root.Value.CopyTo(roots.AsSpan(tree * NodeBytes));
        }

        return new TreeCrown(_shape, roots).Root;
    }

    // What exists may be a link to another run's file: it is replaced, not written to.
    private Bytes32 BuildTree(string path, TreeLayout layout, TreeMarks marks, LeafReader leaves, LeafWriter done)
    {
        File.Delete(TreeMarks.NameOf(path));
        string temporary = path + ".tmp";
        Bytes32 root = TreeBuilder.Build(
            layout, temporary, leaves, done, _options, _cancellationToken);
        File.Move(temporary, path, overwrite: true);
        marks.Write(path, layout, root, _cancellationToken);
        return root;
    }

    // The tree is there; its leaves are still wanted where they are kept.
    private void Skip(TreeLayout layout, LeafReader? leaves, LeafWriter done)
    {
        int nodes = (int)Math.Min(NodesPerCopy, layout.Leaves);
        ChunkedWork.Run(
            layout.Leaves / nodes,
            nodes * NodeBytes,
            _options,
            (chunk, buffer) => leaves?.Invoke(chunk * nodes, buffer.AsSpan(0, nodes * NodeBytes)),
            (chunk, buffer) => done(chunk * nodes, buffer.AsSpan(0, nodes * NodeBytes)),
            _cancellationToken);
    }
}
