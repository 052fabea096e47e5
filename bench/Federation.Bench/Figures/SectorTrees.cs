using Federation.Proofs;
using Federation.Proofs.Fields;
using Federation.Proofs.Poseidon;
using Federation.Proofs.PreCommit2;
using Federation.Proofs.Trees;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>tree_c</c> and <c>tree_r_last</c>: a tree of 8 MiB from two layers of labels, or from data and the last layer
/// with the replica, on all cores, files read and written (not flushed).
/// </summary>
internal sealed class SectorTrees(bool columns) : IFigure
{
    private const int RegisteredProof = 6;

    private static readonly SealConfig Config = SealConfig.FromRegistered(RegisteredProof);

    private LayerFiles? _layers;
    private NodeFile? _data;
    private NodeFile? _replica;
    private string _tree = "";
    private SealOptions _options = new();

    public string Name => columns ? "tree_c" : "tree_r_last";

    public FigureUnit Unit => FigureUnit.Nanoseconds;

    public string Operation => "leaf";

    public int Cores => Environment.ProcessorCount;

    private static TreeLayout Layout(bool columns) =>
        columns ? TreeLayout.TreeC(Config.Shape) : TreeLayout.TreeRLast(Config.Shape);

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        var inputs = LabelsAndData.Write(context.Directory, Config.Shape, cancellationToken);
        _options = new SealOptions { Threads = context.Threads };
        _layers = LayerFiles.Open(Config.Shape, context.Directory);
        _data = NodeFile.OpenPrefix(inputs, Config.Shape.Nodes);
        _replica = NodeFile.Create(Path.Combine(context.Directory, "sealed"));
        _tree = Path.Combine(context.Directory, "tree");
        Run(cancellationToken);
        Check();
    }

    public double Run(CancellationToken cancellationToken)
    {
        var writer = new ReplicaWriter(_data!, _layers!.Key, _replica!);
        LeafReader leaves = columns
            ? (first, hashes) => _layers.HashColumns(first, hashes, cancellationToken)
            : writer.Encode;
        LeafWriter done = columns ? (_, _) => { } : writer.Write;
        TreeBuilder.Build(Layout(columns), _tree, leaves, done, _options, cancellationToken);
        return Config.Shape.Nodes;
    }

    public void Dispose()
    {
        _layers?.Dispose();
        _data?.Dispose();
        _replica?.Dispose();
    }

    // The root is the hash of the row below it; a leaf is the hash of its column.
    private void Check()
    {
        var layout = Layout(columns);
        using var tree = NodeFile.OpenRandom(_tree, layout.StoredNodes);
        byte[] row = new byte[8 * Fr.SizeBytes], parent = new byte[Fr.SizeBytes], hash = new byte[Fr.SizeBytes];
        tree.Read(layout.StoredNodes - 9, row);
        tree.Read(layout.StoredNodes - 1, parent);
        PoseidonHash.HashNodes(row, hash);
        var right = hash.AsSpan().SequenceEqual(parent);
        if (columns)
        {
            tree.Read(Config.Shape.Nodes - 1, parent);
            PoseidonHash.HashNodes(_layers!.ReadColumn(Config.Shape.Nodes - 1), hash);
            right &= hash.AsSpan().SequenceEqual(parent);
        }

        if (!right)
        {
            throw new InvalidOperationException($"{Name} has nodes that are not the hashes of those below");
        }
    }
}
