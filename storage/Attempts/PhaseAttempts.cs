using Federation.Storage.Config;
using Federation.Storage.Files;

namespace Federation.Storage.Attempts;

/// <summary>
/// The attempts of one phase of one sector: <c>attempts/&lt;sector&gt;/&lt;PHASE&gt;/&lt;epoch&gt;-&lt;n&gt;/</c>.
/// Several processes may use it at once.
/// </summary>
public sealed class PhaseAttempts
{
    private const int MaxAttemptsPerEpoch = 10_000;

    private readonly StorageFolder _storage;

    internal PhaseAttempts(StorageFolder storage, SectorId sector, SealingPhase phase)
    {
        _storage = storage;
        Sector = sector;
        Phase = phase;
    }

    /// <summary>The sector.</summary>
    public SectorId Sector { get; }

    /// <summary>The phase.</summary>
    public SealingPhase Phase { get; }

    internal string Folder => _storage.Resolve(StorageFolder.AttemptsFolder, Sector.Name, Phase.Code());

    private IFileLayer Files => _storage.Files;

    /// <summary>
    /// Creates the folder of a new attempt, under a number that no attempt of this phase and epoch has. It appears as a
    /// whole, or after a crash not at all.
    /// </summary>
    /// <param name="epoch">The job's epoch.</param>
    /// <param name="order">The order that the attempt works for.</param>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public AttemptFolder Create(ulong epoch, uint order)
    {
        try
        {
            var folder = EnsureFolder();
            var draft = Path.Combine(folder, $"{epoch}-{Guid.NewGuid():N}.tmp");
            Files.CreateDirectory(draft);
            WriteHeader(draft, order);
            var id = MoveToFreeNumber(draft, epoch);
            Files.FlushDirectory(folder);
            return new AttemptFolder(_storage, this, id, order);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new StorageException(
                $"storage {_storage.Root} cannot be written ({error.Message}): give this user write access.", error);
        }
    }

    /// <summary>Opens an attempt's folder; null when there is none.</summary>
    public AttemptFolder? Find(AttemptId id)
    {
        var folder = _storage.Resolve(StorageFolder.AttemptsFolder, Sector.Name, Phase.Code(), id.ToString());
        if (Files.KindOf(folder) != EntryKind.Directory)
        {
            return null;
        }

        // An attempt that is being deleted has lost its header already.
        var header = Path.Combine(folder, AttemptHeader.FileName);
        var order = Files.TryReadSmall(header) is { } read ? ConfigJson.Read<AttemptHeader>(header, read).Order : 0;
        return new AttemptFolder(_storage, this, id, order);
    }

    /// <summary>Every attempt that has a folder, oldest first.</summary>
    public IReadOnlyList<AttemptFolder> List() =>
        [.. Ids().OrderBy(id => id.Epoch).ThenBy(id => id.Number).Select(Find).OfType<AttemptFolder>()];

    /// <summary>Deletes an attempt's folder, durably. Idempotent.</summary>
    public void Delete(AttemptId id)
    {
        var folder = Folder;
        if (Files.KindOf(folder) == EntryKind.Directory)
        {
            Files.DeleteTree(Path.Combine(folder, id.ToString()));
            Files.FlushDirectory(folder);
        }
    }

    private string EnsureFolder()
    {
        Files.EnsureDirectory(_storage.Resolve(StorageFolder.AttemptsFolder));
        Files.EnsureDirectory(_storage.Resolve(StorageFolder.AttemptsFolder, Sector.Name));
        Files.EnsureDirectory(Folder);
        return Folder;
    }

    private void WriteHeader(string folder, uint order)
    {
        var header = Path.Combine(folder, AttemptHeader.FileName);
        Files.WriteNew(header, ConfigJson.Write(new AttemptHeader(order)));
        Files.FlushFile(header);
        Files.FlushDirectory(folder);
    }

    private AttemptId MoveToFreeNumber(string draft, ulong epoch)
    {
        var last = Ids().Where(id => id.Epoch == epoch).Select(id => id.Number).DefaultIfEmpty(0UL).Max();
        for (var number = last + 1; number <= MaxAttemptsPerEpoch; number++)
        {
            // An attempt's folder is never empty, so the rename onto one fails: two processes never share a number.
            if (Files.Rename(draft, Path.Combine(Folder, new AttemptId(epoch, number).ToString())))
            {
                return new AttemptId(epoch, number);
            }

            if (Files.KindOf(draft) == EntryKind.None)
            {
                throw new StorageException(
                    $"{draft} was removed while it was made: {Sector} is being removed, or something else clears "
                    + "the storage.");
            }
        }

        throw new StorageException(
            $"{Sector} has {MaxAttemptsPerEpoch} attempts of {Phase.Code()} in epoch {epoch}: "
            + "see why none is accepted.");
    }

    /// <summary>
    /// Ids in use: folders, and accepted attempts whose folder is gone, since a number is never given twice.
    /// </summary>
    private IEnumerable<AttemptId> Ids()
    {
        foreach (var name in Files.List(Folder))
        {
            if (AttemptId.TryParse(name, out var id))
            {
                yield return id;
            }
            else if (WinnerRecord.TryParseName(name, out _) && ReadWinner(name) is { } winner
                && AttemptId.TryParse(winner.Attempt, out id))
            {
                yield return id;
            }
        }
    }

    internal WinnerRecord? ReadWinner(string name)
    {
        var path = Path.Combine(Folder, name);
        return Files.TryReadSmall(path) is { } read ? ConfigJson.Read<WinnerRecord>(path, read) : null;
    }
}
