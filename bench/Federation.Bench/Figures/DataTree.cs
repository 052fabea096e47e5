using Federation.Bench.Sectors;
using Federation.Proofs;
using Federation.Proofs.Pieces;
using Federation.Proofs.Trees;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>tree_d</c>: tree-d of 512 MiB of pseudo-random data on all cores, the data read from a file and the tree written
/// to one (not flushed).
/// </summary>
internal sealed class DataTree : IFigure
{
    private const int RegisteredProof = 7;

    private readonly SectorData _data = new(SealConfig.FromRegistered(RegisteredProof));
    private string _unsealed = "";
    private string _tree = "";
    private int _threads;
    private Bytes32 _commD;

    public string Name => "tree_d";

    public FigureUnit Unit => FigureUnit.Seconds;

    public string Operation => "tree";

    public int Cores => Environment.ProcessorCount;

    public bool IsLong => true;

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        _threads = context.Threads;
        _unsealed = Path.Combine(context.Directory, "unsealed");
        _tree = Path.Combine(context.Directory, CacheFiles.TreeD);
        var piece = Path.Combine(context.Directory, "piece");
        _data.Write(piece, cancellationToken);
        using var unsealed = new FileStream(
            _unsealed, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        using var data = File.OpenRead(piece);
        var hasher = new PieceHasher(unsealed);
        var buffer = new byte[PieceHasher.UnpaddedChunkBytes];
        for (int count; (count = data.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hasher.Append(buffer.AsSpan(0, count));
        }

        _commD = hasher.Finish().CommP;
        File.Delete(piece);
    }

    public double Run(CancellationToken cancellationToken)
    {
        var options = new SealOptions { Threads = _threads };
        var root = TreeD.Build(_data.Config.Shape, _unsealed, _tree, options, null, cancellationToken);
        return root == _commD ? 1 : throw new InvalidOperationException($"tree-d has root {root}, not {_commD}");
    }

    public void Dispose()
    {
    }
}
