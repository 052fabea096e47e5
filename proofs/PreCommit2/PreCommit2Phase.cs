using Federation.Proofs.Poseidon;
using Federation.Proofs.Trees;

namespace Federation.Proofs.PreCommit2;

/// <summary>
/// PreCommit2: tree-c over the columns of labels, the replica, tree-r-last over it, <c>p_aux</c>, and CommR. Streams: memory
/// is bounded by the options, not by the sector.
/// </summary>
public sealed class PreCommit2Phase
{
    private readonly PreCommit2Request _request;
    private readonly SectorShape _shape;
    private readonly SealOptions _options;
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

        // Products in the field: a tree of arity 8 costs 1/7 hash of about 2,000 per leaf, a column about 600 or 2,900.
        _meter = new PhaseMeter(
            progress, ("tree-c", _shape.IsProduction ? 32 : 9), ("tree-r-last", 3));
    }

    /// <summary>Runs the phase on the calling thread and the options' threads.</summary>
    /// <param name="request">What to read and write. Files that exist are replaced.</param>
    /// <param name="options">Threads and memory.</param>
    /// <param name="progress">Told stage and fraction, from several threads but never at once.</param>
    /// <param name="cancellationToken">Ends the phase within a second; its files are then incomplete.</param>
    /// <exception cref="FileNotFoundException">A file to read is missing.</exception>
    /// <exception cref="InvalidDataException">A file to read has a wrong size or wrong content.</exception>
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

    private PreCommit2Result Run()
    {
        using var layers = LayerFiles.Open(_shape, _request.LayerDirectory);
        using var data = NodeFile.OpenPrefix(_request.UnsealedPath, _shape.Nodes);

        Bytes32 commC = BuildTrees(
            CacheFiles.TreeC,
            TreeLayout.TreeC(_shape),
            (first, hashes) => layers.HashColumns(first, hashes, _cancellationToken));

        _meter.NextStage();
        using var replica = NodeFile.Create(_request.SealedPath);
        var writer = new ReplicaWriter(data, layers.Key, replica);
        Bytes32 commRLast = BuildTrees(CacheFiles.TreeRLast, TreeLayout.TreeRLast(_shape), writer.Encode);

        File.WriteAllBytes(
            Path.Combine(_request.OutputDirectory, CacheFiles.PAux), [.. commC.AsSpan(), .. commRLast.AsSpan()]);
        return new PreCommit2Result(
            commC, commRLast, new Bytes32(PoseidonHash.Hash2(commC.AsSpan(), commRLast.AsSpan())));
    }

    private Bytes32 BuildTrees(Func<SectorShape, int, string> nameOf, TreeLayout layout, LeafReader leaves)
    {
        var roots = new byte[_shape.BaseTreeCount * SectorShape.NodeSize];
        for (int tree = 0; tree < _shape.BaseTreeCount; tree++)
        {
            long firstLeaf = tree * layout.Leaves;
            TreeBuilder.Build(
                    layout,
                    TreeHash.Poseidon,
                    Path.Combine(_request.OutputDirectory, nameOf(_shape, tree)),
                    (first, nodes) => leaves(firstLeaf + first, nodes),
                    _options,
                    leavesDone: count => _meter.Add((double)count / _shape.Nodes),
                    _cancellationToken)
                .CopyTo(roots.AsSpan(tree * SectorShape.NodeSize));
        }

        return new TreeCrown(_shape, roots).Root;
    }
}
