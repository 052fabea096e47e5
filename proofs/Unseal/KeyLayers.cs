using Federation.Proofs.Graph;
using Federation.Proofs.Labels;

namespace Federation.Proofs.Unseal;

/// <summary>
/// Makes the labels again whose last layer is the key. Layers that this made are removed, where the request says so,
/// when the second one behind them begins, and all of them when this is disposed.
/// </summary>
internal sealed class KeyLayers : IDisposable
{
    // Rounding must not take a layer that has just been begun for the one before.
    private const double Slack = 1e-6;

    private readonly UnsealRequest _request;
    private readonly List<int> _own;

    /// <summary>Looks which layers are there already.</summary>
    public KeyLayers(UnsealRequest request)
    {
        _request = request;
        Directory.CreateDirectory(request.LayerDirectory);
        _own = request.KeepLayers
            ? []
            : [.. Enumerable.Range(1, Layers).Where(layer => !File.Exists(PathOf(layer)))];
    }

    /// <summary>The last layer's file, whole once <see cref="Build"/> has returned.</summary>
    public string KeyPath => PathOf(Layers);

    private int Layers => _request.Config.Shape.Layers;

    /// <summary>Makes the layers that are missing.</summary>
    public void Build(
        Bytes32 replicaId,
        SealOptions options,
        Action<string, double>? progress,
        CancellationToken cancellationToken) =>
        SdrLayers.Build(
            new SdrGraph(_request.Config, tabulate: true),
            replicaId,
            _request.LayerDirectory,
            options,
            (stage, done) =>
            {
                RemoveBelow((int)((done * Layers) + Slack));
                progress?.Invoke(stage, done);
            },
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => RemoveBelow(Layers + 1);

    // While a layer is made, the one before is read.
    private void RemoveBelow(int needed) => _own.RemoveAll(layer =>
    {
        if (layer >= needed)
        {
            return false;
        }

        LayerMark.Delete(_request.LayerDirectory, layer);
        File.Delete(PathOf(layer));
        File.Delete(PathOf(layer) + ".tmp");
        return true;
    });

    private string PathOf(int layer) => Path.Combine(_request.LayerDirectory, CacheFiles.Layer(layer));
}
