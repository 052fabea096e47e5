using Federation.Proofs.Poseidon;

namespace Federation.Proofs;

/// <summary>The two roots that a sealed sector keeps in <c>p_aux</c>.</summary>
/// <param name="CommC">Root of tree-c.</param>
/// <param name="CommRLast">Root of tree-r-last.</param>
public readonly record struct PersistentAux(Bytes32 CommC, Bytes32 CommRLast)
{
    private const int FileSize = 2 * Bytes32.Size;

    /// <summary>Reads the file of a cache folder.</summary>
    /// <exception cref="FileNotFoundException">It is missing.</exception>
    /// <exception cref="InvalidDataException">It has another size.</exception>
    public static PersistentAux Read(string cacheDirectory)
    {
        var path = Path.Combine(cacheDirectory, CacheFiles.PAux);
        Span<byte> roots = stackalloc byte[FileSize];
        using var file = FileRegions.OpenRead(path, FileSize);
        FileRegions.ReadExactly(file, path, roots, 0);
        return new PersistentAux(new Bytes32(roots[..Bytes32.Size]), new Bytes32(roots[Bytes32.Size..]));
    }

    /// <summary>CommR, the hash of both.</summary>
    /// <exception cref="Fields.NonCanonicalFieldElementException">A root is not below r.</exception>
    public Bytes32 CommR() => new(PoseidonHash.Hash2(CommC.AsSpan(), CommRLast.AsSpan()));
}
