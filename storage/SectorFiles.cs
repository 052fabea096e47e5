using Federation.Storage.Files;

namespace Federation.Storage;

/// <summary>
/// What happens to a sector's published files as a whole: they are listed, checked, cleared and removed. Every
/// change is durable on return and can be repeated after a crash or cancellation at any point.
/// </summary>
public sealed class SectorFiles(StorageFolder storage)
{
    private readonly IFileLayer _files = storage.Files;

    /// <summary>The types of files that the sector has here.</summary>
    public SectorFileType Find(SectorId sector) => SectorFileTypes.All
        .Where(type => _files.KindOf(storage.PathOf(type, sector)) is EntryKind.File or EntryKind.Directory)
        .Aggregate(SectorFileType.None, (found, type) => found | type);

    /// <summary>Bytes that the sector's files take here, attempts included.</summary>
    public long BytesOf(SectorId sector) =>
        SectorFileTypes.All.Sum(type => BytesAt(storage.PathOf(type, sector)))
        + BytesAt(storage.Resolve(StorageFolder.HandoverFolder, sector.Name))
        + BytesAt(storage.Resolve(StorageFolder.AttemptsFolder, sector.Name));

    /// <summary>The path of a published file that a phase needs.</summary>
    /// <param name="sector">The sector.</param>
    /// <param name="name">The file.</param>
    /// <param name="size">Its size in bytes; null where any will do.</param>
    /// <exception cref="StorageException">It is missing or has another size.</exception>
    public string Require(SectorId sector, Attempts.AttemptFileName name, long? size = null)
    {
        var path = storage.PathOf(sector, name);
        if (_files.KindOf(path) != EntryKind.File)
        {
            throw new StorageException($"{path} is missing: run the phase that writes it again.");
        }

        return size is not { } expected || _files.LengthOf(path, expected) is var actual && actual == expected
            ? path
            : throw new StorageException(
                $"{path} has {actual} bytes, expected {size}: run the phase that writes it again.");
    }

    /// <summary>
    /// Finalizes a sector: keeps the replica and of its cache p_aux, t_aux and tree-r-last, as Lotus does; layers,
    /// other trees, hand-over files and attempts go.
    /// </summary>
    /// <param name="sector">The sector.</param>
    /// <param name="keepUnsealed">Whether the unsealed file stays: it does for sectors with deals.</param>
    /// <param name="cancellationToken">Ends it between two files.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Finalize(SectorId sector, bool keepUnsealed, CancellationToken cancellationToken = default)
    {
        var cache = storage.PathOf(SectorFileType.Cache, sector);
        foreach (var name in _files.List(cache).Where(name => !StaysInCache(name)))
        {
            _files.DeleteTree(Path.Combine(cache, name), cancellationToken);
        }

        if (_files.KindOf(cache) == EntryKind.Directory)
        {
            _files.FlushDirectory(cache);
        }

        if (!keepUnsealed)
        {
            Delete(storage.PathOf(SectorFileType.Unsealed, sector), cancellationToken);
        }

        DeleteOwn(sector, cancellationToken);
    }

    /// <summary>Removes everything of a sector.</summary>
    /// <param name="sector">The sector.</param>
    /// <param name="cancellationToken">Ends it between two files.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Remove(SectorId sector, CancellationToken cancellationToken = default)
    {
        foreach (var type in SectorFileTypes.All)
        {
            Delete(storage.PathOf(type, sector), cancellationToken);
        }

        DeleteOwn(sector, cancellationToken);
    }

    private static bool StaysInCache(string name) =>
        name is "p_aux" or "t_aux" || name.StartsWith("sc-02-data-tree-r-last", StringComparison.Ordinal);

    private void DeleteOwn(SectorId sector, CancellationToken cancellationToken)
    {
        Delete(storage.Resolve(StorageFolder.HandoverFolder, sector.Name), cancellationToken);
        Delete(storage.Resolve(StorageFolder.AttemptsFolder, sector.Name), cancellationToken);
    }

    private void Delete(string path, CancellationToken cancellationToken)
    {
        var parent = Path.GetDirectoryName(path)!;
        if (_files.KindOf(parent) == EntryKind.Directory)
        {
            _files.DeleteTree(path, cancellationToken);
            _files.FlushDirectory(parent);
        }
    }

    private long BytesAt(string path)
    {
        try
        {
            return _files.KindOf(path) switch
            {
                EntryKind.File => _files.LengthOf(path),
                EntryKind.Directory => _files.List(path).Sum(name => BytesAt(Path.Combine(path, name))),
                _ => 0,
            };
        }
        catch (FileNotFoundException)
        {
            // It was published or deleted since it was listed.
            return 0;
        }
    }
}
