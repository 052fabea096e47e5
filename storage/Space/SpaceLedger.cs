using System.Globalization;

namespace Federation.Storage.Space;

/// <summary>
/// Looks after the room of one storage path: a phase starts only when what it and all running phases may still write
/// fits. A reservation shrinks as the sector's files grow. Thread-safe; one per process and storage path.
/// </summary>
public sealed class SpaceLedger(StorageFolder storage, IFreeSpace freeSpace)
{
    private readonly Lock _lock = new();
    private readonly List<SpaceReservation> _reservations = [];
    private readonly SectorFiles _sectors = new(storage);

    /// <summary>
    /// Reserves room for a phase. Null <paramref name="reservation"/> = refused, for the reason in the returned
    /// sentence; else the sentence is null.
    /// </summary>
    public string? TryReserve(SectorId sector, SealingPhase phase, long sectorSize, out SpaceReservation? reservation)
    {
        reservation = null;
        if (FindWriteProblem() is { } problem)
        {
            return problem;
        }

        lock (_lock)
        {
            var through = SpaceFactors.Through(phase, sectorSize);
            var needed = Math.Max(0, through - _sectors.BytesOf(sector));
            var reserved = _reservations.Where(other => other.Sector != sector).Sum(Remaining);
            var available = AvailableBytes() - reserved;
            if (needed > available)
            {
                return $"storage {storage.Root} ({storage.Id}) has {Format(Math.Max(0, available))} left, "
                    + $"{phase.Code()} of {sector} needs {Format(needed)}: "
                    + "free some space there or attach a larger path.";
            }

            reservation = new SpaceReservation(this, sector, through);
            _reservations.Add(reservation);
            return null;
        }
    }

    /// <summary>Bytes that reserved phases may still write.</summary>
    public long ReservedBytes()
    {
        lock (_lock)
        {
            return _reservations.Sum(Remaining);
        }
    }

    internal void Release(SpaceReservation reservation)
    {
        lock (_lock)
        {
            _reservations.Remove(reservation);
        }
    }

    private long Remaining(SpaceReservation reservation) =>
        Math.Max(0, reservation.ThroughBytes - _sectors.BytesOf(reservation.Sector));

    private long AvailableBytes()
    {
        var free = freeSpace.FreeBytes(storage.Root);
        return storage.Config.MaxStorage == 0
            ? free
            : Math.Min(free, (long)Math.Min(storage.Config.MaxStorage, long.MaxValue) - UsedBytes());
    }

    private long UsedBytes()
    {
        var names = SectorFileTypes.All.Select(SectorFileTypes.FolderName)
            .Append(StorageFolder.HandoverFolder).Append(StorageFolder.AttemptsFolder)
            .SelectMany(folder => storage.Files.List(Path.Combine(storage.Root, folder)))
            .Distinct(StringComparer.Ordinal);
        return names.Sum(name => SectorId.TryParse(name, out var sector) ? _sectors.BytesOf(sector) : 0);
    }

    /// <summary>Writes and flushes a small file: what a full, read-only or failing disk refuses at once.</summary>
    private string? FindWriteProblem()
    {
        var probe = Path.Combine(storage.Root, $".probe-{Guid.NewGuid():N}.tmp");
        try
        {
            storage.Files.WriteNew(probe, "probe"u8);
            storage.Files.FlushFile(probe);
            storage.Files.DeleteFile(probe);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"storage {storage.Root} ({storage.Id}) cannot be written ({error.Message.TrimEnd('.')}): "
                + "free some space there, or give this user write access.";
        }
    }

    private static string Format(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
        while (value >= 1024 && unit < units.Length - 1)
        {
            (value, unit) = (value / 1024, unit + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {units[unit]}");
    }
}
