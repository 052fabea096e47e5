using Federation.Proofs.Graph;
using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Commit1;

/// <summary>Proves from the file of synthetic proofs, when layers and trees are gone.</summary>
internal sealed class SyntheticProver : IVanillaProver
{
    /// <summary>Bytes before the first record: the three roots.</summary>
    public const int HeaderSize = 3 * Bytes32.Size;

    private readonly SdrGraph _graph;
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly int _recordSize;

    /// <summary>Opens the file.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">The file has another size.</exception>
    public SyntheticProver(SdrGraph graph, string cacheDirectory)
    {
        _graph = graph;
        _path = Path.Combine(cacheDirectory, CacheFiles.SyntheticProofs);
        _recordSize = SyntheticRecord.Size(graph.Config.Shape);
        _file = FileRegions.OpenRead(_path, FileSize(graph.Config.Shape));
        Span<byte> header = stackalloc byte[HeaderSize];
        FileRegions.ReadExactly(_file, _path, header, 0);
        CommD = new Bytes32(header[..Bytes32.Size]);
        CommC = new Bytes32(header.Slice(Bytes32.Size, Bytes32.Size));
        CommRLast = new Bytes32(header[(2 * Bytes32.Size)..]);
    }

    /// <inheritdoc/>
    public Bytes32 CommD { get; }

    /// <inheritdoc/>
    public Bytes32 CommC { get; }

    /// <inheritdoc/>
    public Bytes32 CommRLast { get; }

    /// <summary>Bytes of the whole file.</summary>
    public static long FileSize(SectorShape shape) =>
        HeaderSize + ((long)shape.SyntheticChallenges * SyntheticRecord.Size(shape));

    /// <inheritdoc/>
    public VanillaProof Prove(uint challenge, int syntheticNumber)
    {
        var record = new byte[_recordSize];
        FileRegions.ReadExactly(_file, _path, record, HeaderSize + ((long)syntheticNumber * _recordSize));
        return SyntheticRecord.Read(_graph, challenge, record, CommD, CommC, CommRLast);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
