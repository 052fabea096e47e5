using Federation.Proofs.Graph;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Commit1;

/// <summary>Proves from a sector's layers, trees and replica.</summary>
internal sealed class CacheProver : IVanillaProver
{
    private readonly SdrGraph _graph;
    private readonly List<IDisposable> _open = [];
    private readonly LayerColumns _columns;
    private readonly TreeDReader _treeD;
    private readonly PoseidonTreeReader _treeC;
    private readonly PoseidonTreeReader _treeRLast;

    /// <summary>Opens the files.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file has another size.</exception>
    public CacheProver(SdrGraph graph, string cacheDirectory, string sealedPath)
    {
        _graph = graph;
        var shape = graph.Config.Shape;
        try
        {
            _columns = Opened(new LayerColumns(shape, cacheDirectory));
            _treeD = Opened(TreeDReader.Open(shape, Path.Combine(cacheDirectory, CacheFiles.TreeD)));
            _treeC = Opened(PoseidonTreeReader.OpenTreeC(shape, cacheDirectory));
            _treeRLast = Opened(PoseidonTreeReader.OpenTreeRLast(shape, cacheDirectory, sealedPath));
        }
        catch (Exception failure) when (
            failure is IOException or InvalidDataException or FormatException or UnauthorizedAccessException)
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Bytes32 CommD => _treeD.Root;

    /// <inheritdoc/>
    public Bytes32 CommC => _treeC.Root;

    /// <inheritdoc/>
    public Bytes32 CommRLast => _treeRLast.Root;

    /// <inheritdoc/>
    public VanillaProof Prove(uint challenge, int syntheticNumber)
    {
        var parents = new uint[SdrGraph.Degree];
        _graph.Parents(challenge, parents);
        return LabelParents.Complete(
            _graph.Config.Shape,
            challenge,
            _treeD.Prove(challenge),
            _treeRLast.Prove(challenge),
            Column(challenge),
            [.. parents.Select(Column)]);
    }

    /// <inheritdoc/>
    public void Dispose() => _open.ForEach(open => open.Dispose());

    private ColumnProof Column(uint node) => new(node, _columns.Read(node), _treeC.Prove(node));

    private T Opened<T>(T resource)
        where T : IDisposable
    {
        _open.Add(resource);
        return resource;
    }
}
