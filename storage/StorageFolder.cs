using System.Globalization;
using Federation.Storage.Attempts;
using Federation.Storage.Config;
using Federation.Storage.Files;

namespace Federation.Storage;

/// <summary>
/// One storage path, known by the id in its <c>sectorstore.json</c>. Every path below it is made here, out of typed
/// parts only, and symbolic links below it are refused. Immutable and thread-safe.
/// </summary>
public sealed class StorageFolder
{
    internal const string AttemptsFolder = "attempts", HandoverFolder = "handover", SharedFolder = "shared";

    internal StorageFolder(string root, SectorStoreConfig config, IFileLayer files)
    {
        Root = root;
        Config = config;
        Files = files;
    }

    /// <summary>The path, absolute.</summary>
    public string Root { get; }

    /// <summary>What its <c>sectorstore.json</c> says.</summary>
    public SectorStoreConfig Config { get; }

    /// <summary>The path's identity.</summary>
    public string Id => Config.Id;

    internal IFileLayer Files { get; }

    /// <summary>Opens a storage path.</summary>
    /// <param name="path">The path; a link is followed here, and here only.</param>
    /// <param name="expectedId">The id that its <c>sectorstore.json</c> must carry; null for any.</param>
    /// <exception cref="StorageException">No storage path, or another one: a wrong mount.</exception>
    public static StorageFolder Open(string path, string? expectedId = null)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var file = Path.Combine(root, SectorStoreConfig.FileName);
        if (!File.Exists(file))
        {
            throw new StorageException(
                $"{root} is not a storage path ({SectorStoreConfig.FileName} is missing): "
                + "mount it, or attach it with --init.");
        }

        var config = ConfigJson.Read<SectorStoreConfig>(file, LinuxFileLayer.Instance.ReadSmall(file));
        if (config.Id.Length == 0)
        {
            throw new StorageException($"{file} has an empty ID: restore it from a backup.");
        }

        if (expectedId is not null && expectedId != config.Id)
        {
            throw new StorageException(
                $"{root} is storage {config.Id}, expected {expectedId}: another file system is mounted there.");
        }

        return new StorageFolder(root, config, LinuxFileLayer.Instance);
    }

    /// <summary>
    /// Why nothing can be written here, as the system says it, without a full stop; null when it can. Writes and
    /// flushes a small file: what a full, read-only or failing disk refuses at once.
    /// </summary>
    public string? FindWriteProblem()
    {
        var probe = Path.Combine(Root, $".probe-{Guid.NewGuid():N}.tmp");
        try
        {
            Files.WriteNew(probe, "probe"u8);
            Files.FlushFile(probe);
            Files.DeleteFile(probe);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message.TrimEnd('.');
        }
    }

    /// <summary>The final paths of a sector.</summary>
    /// <exception cref="StorageException">A part of one of them is a symbolic link.</exception>
    public SectorPaths Paths(SectorId sector) => new(
        PathOf(SectorFileType.Unsealed, sector),
        PathOf(SectorFileType.Sealed, sector),
        PathOf(SectorFileType.Cache, sector),
        Resolve(HandoverFolder, sector.Name));

    /// <summary>The final path of one type of a sector's files.</summary>
    /// <exception cref="StorageException">A part of it is a symbolic link.</exception>
    public string PathOf(SectorFileType type, SectorId sector) => Resolve(type.FolderName(), sector.Name);

    /// <summary>The final path of one file.</summary>
    /// <exception cref="StorageException">A part of it is a symbolic link.</exception>
    public string PathOf(SectorId sector, AttemptFileName name) => name.Entry is null
        ? Resolve(name.Folder, sector.Name)
        : Resolve(name.Folder, sector.Name, name.Entry);

    /// <summary>
    /// The file of tree-d that all sectors of zeros of a size have alike; those in their caches are hard links to it.
    /// </summary>
    /// <exception cref="StorageException">A part of its path is a symbolic link.</exception>
    public string ZeroTreeD(long sectorSize) =>
        Resolve(SharedFolder, string.Create(CultureInfo.InvariantCulture, $"tree-d-of-zeros-{sectorSize}.dat"));

    /// <summary>The attempts of one phase of a sector.</summary>
    public PhaseAttempts Attempts(SectorId sector, SealingPhase phase) => new(this, sector, phase);

    /// <summary>Joins parts that this library made, and refuses links and stray files on the way.</summary>
    internal string Resolve(params ReadOnlySpan<string> parts)
    {
        var path = Root;
        for (var i = 0; i < parts.Length; i++)
        {
            path = Path.Combine(path, parts[i]);
            var kind = Files.KindOf(path);
            if (kind == EntryKind.Other || (kind == EntryKind.File && i < parts.Length - 1))
            {
                throw new StorageException(
                    $"{path} is {(kind == EntryKind.File ? "a file" : "a symbolic link")}, "
                    + "expected a folder of the storage: remove it.");
            }
        }

        return path;
    }
}
