using Federation.Storage.Config;
using Federation.Storage.Files;

namespace Federation.Storage.Attempts;

/// <summary>
/// The folder that one attempt of a phase writes into, and into no other. It mirrors the final layout: <c>unsealed</c>,
/// <c>sealed</c>, <c>cache/</c>, <c>handover/</c>.
/// </summary>
public sealed class AttemptFolder
{
    private readonly StorageFolder _storage;
    private readonly PhaseAttempts _attempts;

    internal AttemptFolder(StorageFolder storage, PhaseAttempts attempts, AttemptId id, uint order)
    {
        _storage = storage;
        _attempts = attempts;
        Id = id;
        Order = order;
    }

    /// <summary>The attempt's name.</summary>
    public AttemptId Id { get; }

    /// <summary>The order that it works for.</summary>
    public uint Order { get; }

    /// <summary>The sector.</summary>
    public SectorId Sector => _attempts.Sector;

    /// <summary>The phase.</summary>
    public SealingPhase Phase => _attempts.Phase;

    /// <summary>Bytes that its sector may come to take while the phase runs; 0 when it does not run.</summary>
    internal long ReservedBytes => Files.TryReadSmall(RoomPath) is { } room && ReadManifest() is null
        ? ConfigJson.Read<AttemptRoom>(RoomPath, room).ThroughBytes
        : 0;

    /// <summary>The folder, absolute.</summary>
    public string Root =>
        _storage.Resolve(StorageFolder.AttemptsFolder, _attempts.Sector.Name, _attempts.Phase.Code(), Id.ToString());

    private IFileLayer Files => _storage.Files;

    private string RoomPath => Path.Combine(Root, AttemptRoom.FileName);

    /// <summary>Where a file of the attempt is written.</summary>
    public string PathOf(AttemptFileName name)
    {
        var (sector, phase, id) = (_attempts.Sector.Name, _attempts.Phase.Code(), Id.ToString());
        return name.Entry is null
            ? _storage.Resolve(StorageFolder.AttemptsFolder, sector, phase, id, name.Folder)
            : _storage.Resolve(StorageFolder.AttemptsFolder, sector, phase, id, name.Folder, name.Entry);
    }

    /// <summary>The attempt's cache folder, created when it is not there.</summary>
    public string EnsureCache() => EnsureFolder(SectorFileType.Cache.FolderName());

    /// <summary>The attempt's folder of hand-over files, created when it is not there.</summary>
    public string EnsureHandover() => EnsureFolder(StorageFolder.HandoverFolder);

    /// <summary>
    /// Takes over a complete file of an earlier attempt without copying it: it gets a second name here. False when that
    /// attempt has no such file of this size.
    /// </summary>
    public bool TryTakeOver(AttemptFolder earlier, AttemptFileName name, long size)
    {
        var from = earlier.PathOf(name);
        if (Files.KindOf(from) != EntryKind.File || Files.LengthOf(from, size) != size)
        {
            return false;
        }

        if (name.Entry is not null)
        {
            EnsureFolder(name.Folder);
        }

        return Files.Link(from, PathOf(name));
    }

    /// <summary>
    /// Makes all that the attempt wrote durable, contents and names, then its manifest: from here on it can be
    /// accepted. Nothing writes into the folder after. Repeatable.
    /// </summary>
    /// <param name="cancellationToken">Ends it between two files; there is no manifest then.</param>
    /// <exception cref="StorageException">The folder holds something that no attempt writes.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<AttemptFile> Complete(CancellationToken cancellationToken = default)
    {
        var files = new List<AttemptFile>();
        foreach (var name in ListFiles())
        {
            cancellationToken.ThrowIfCancellationRequested();
            files.Add(Describe(name));
        }

        foreach (var folder in new[] { SectorFileType.Cache.FolderName(), StorageFolder.HandoverFolder })
        {
            var path = Path.Combine(Root, folder);
            if (Files.KindOf(path) == EntryKind.Directory)
            {
                Files.FlushDirectory(path);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        Files.WriteDurably(Path.Combine(Root, AttemptManifest.FileName), ConfigJson.Write(new AttemptManifest(files)));
        Files.FlushDirectory(_attempts.Folder);
        return files;
    }

    /// <summary>The manifest; null while the attempt is not complete.</summary>
    public IReadOnlyList<AttemptFile>? ReadManifest()
    {
        var path = Path.Combine(Root, AttemptManifest.FileName);
        return Files.TryReadSmall(path) is { } manifest ? ConfigJson.Read<AttemptManifest>(path, manifest).Files : null;
    }

    /// <summary>Says what the running phase may come to need.</summary>
    internal void Reserve(long throughBytes) =>
        Files.WriteDurably(RoomPath, ConfigJson.Write(new AttemptRoom(throughBytes)));

    /// <summary>Takes it back. Idempotent; where the storage is away it stands until the attempt goes.</summary>
    internal void EndReservation()
    {
        try
        {
            Files.DeleteFile(RoomPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Whoever holds the room is told of the storage by the phase itself.
        }
    }

    /// <summary>
    /// Compares what a worker reported with the manifest and with the files themselves. Empty = as reported; else one
    /// sentence per difference.
    /// </summary>
    public IReadOnlyList<string> Check(IReadOnlyList<AttemptFile> reported)
    {
        if (ReadManifest() is not { } manifest)
        {
            return [$"attempt {Id} of {_attempts.Phase.Code()} of {_attempts.Sector} is not complete."];
        }

        var problems = new List<string>();
        if (!manifest.OrderBy(file => file.Name, StringComparer.Ordinal)
            .SequenceEqual(reported.OrderBy(file => file.Name, StringComparer.Ordinal)))
        {
            problems.Add(
                $"attempt {Id} of {_attempts.Phase.Code()} of {_attempts.Sector} holds other files than reported.");
        }

        problems.AddRange(manifest.Select(FindProblem).OfType<string>());
        return problems;
    }

    internal string? FindProblem(AttemptFile file)
    {
        if (!AttemptFileName.TryParse(file.Name, out var name))
        {
            return $"'{file.Name}' is not the name of a file in an attempt.";
        }

        var path = PathOf(name);
        return Files.KindOf(path) != EntryKind.File ? $"{path} is missing, expected {file.Size} bytes."
            : Files.LengthOf(path, file.Size) is var actual && actual != file.Size
                ? $"{path} has {actual} bytes, expected {file.Size}."
            : null;
    }

    private string EnsureFolder(string folder)
    {
        var path = _storage.Resolve(
            StorageFolder.AttemptsFolder, _attempts.Sector.Name, _attempts.Phase.Code(), Id.ToString(), folder);
        Files.EnsureDirectory(path);
        return path;
    }

    private IEnumerable<AttemptFileName> ListFiles()
    {
        foreach (var name in Files.List(Root))
        {
            if (name is AttemptHeader.FileName or AttemptManifest.FileName or AttemptRoom.FileName)
            {
                continue;
            }

            if (Files.KindOf(Path.Combine(Root, name)) != EntryKind.Directory)
            {
                yield return ParseOwn(name);
                continue;
            }

            foreach (var entry in Files.List(Path.Combine(Root, name)))
            {
                yield return ParseOwn($"{name}/{entry}");
            }
        }
    }

    private AttemptFileName ParseOwn(string name) => AttemptFileName.TryParse(name, out var parsed)
        && Files.KindOf(PathOf(parsed)) == EntryKind.File
            ? parsed
            : throw new StorageException(
                $"attempt {Id} of {_attempts.Phase.Code()} of {_attempts.Sector} holds '{name}', "
                + "which no phase writes.");

    private AttemptFile Describe(AttemptFileName name)
    {
        var path = PathOf(name);
        Files.FlushFile(path);
        using var content = Files.OpenRead(path);
        return new AttemptFile(name.ToString(), content.Length);
    }
}
