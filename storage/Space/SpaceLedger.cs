using System.Globalization;
using Federation.Storage.Attempts;

namespace Federation.Storage.Space;

/// <summary>
/// Looks after the room of one storage path: a phase starts only when what it and all running phases may still write
/// fits. What a phase reserves stands in its attempt's folder, so that the workers of a region, on whatever machine,
/// see each other's; it shrinks as the sector's files grow, and ends with the attempt. Two that ask at the same moment
/// may both be refused, never both be granted, as far as the file system shows each what the other wrote. Thread-safe.
/// </summary>
public sealed class SpaceLedger(StorageFolder storage, IFreeSpace freeSpace)
{
    private readonly Lock _lock = new();
    private readonly SectorFiles _sectors = new(storage);

    /// <summary>
    /// Reserves room for an attempt. Null <paramref name="reservation"/> = refused, for the reason in the returned
    /// sentence; else the sentence is null.
    /// </summary>
    /// <exception cref="IOException">The storage cannot be read.</exception>
    public string? TryReserve(AttemptFolder attempt, long sectorSize, out SpaceReservation? reservation)
    {
        reservation = null;
        if (storage.FindWriteProblem() is { } problem)
        {
            return $"storage {storage.Root} ({storage.Id}) cannot be written ({problem}): "
                + "free some space there, or give this user write access.";
        }

        lock (_lock)
        {
            var through = SpaceFactors.Through(attempt.Phase, sectorSize);
            attempt.Reserve(through);
            if (FindLack(attempt, through) is { } lack)
            {
                attempt.EndReservation();
                return lack;
            }

            reservation = new SpaceReservation(attempt);
            return null;
        }
    }

    /// <summary>Bytes that running phases of other sectors may still write.</summary>
    public long ReservedBytes(SectorId except) => Sectors(StorageFolder.AttemptsFolder)
        .Where(sector => sector != except)
        .Sum(sector => Math.Max(0, ReservedThrough(sector) - _sectors.BytesOf(sector)));

    /// <summary>A phase that writes next to nothing may always start: some of them free room.</summary>
    private string? FindLack(AttemptFolder attempt, long through)
    {
        var needed = through - _sectors.BytesOf(attempt.Sector);
        if (needed <= 0)
        {
            return null;
        }

        var available = AvailableBytes() - ReservedBytes(attempt.Sector);
        return needed <= available
            ? null
            : $"storage {storage.Root} ({storage.Id}) has {Format(Math.Max(0, available))} left, "
                + $"{attempt.Phase.Code()} of {attempt.Sector} needs {Format(needed)}: "
                + "free some space there or attach a larger path.";
    }

    private long ReservedThrough(SectorId sector) => SealingPhases.All
        .SelectMany(phase => storage.Attempts(sector, phase).List())
        .Select(attempt => attempt.ReservedBytes)
        .DefaultIfEmpty(0).Max();

    private long AvailableBytes()
    {
        var free = freeSpace.FreeBytes(storage.Root);
        return storage.Config.MaxStorage == 0
            ? free
            : Math.Min(free, (long)Math.Min(storage.Config.MaxStorage, long.MaxValue) - UsedBytes());
    }

    private long UsedBytes() => SectorFileTypes.All.Select(SectorFileTypes.FolderName)
        .Append(StorageFolder.HandoverFolder).Append(StorageFolder.AttemptsFolder)
        .SelectMany(Sectors).Distinct().Sum(_sectors.BytesOf);

    private IEnumerable<SectorId> Sectors(string folder)
    {
        foreach (var name in storage.Files.List(Path.Combine(storage.Root, folder)))
        {
            if (SectorId.TryParse(name, out var sector))
            {
                yield return sector;
            }
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
