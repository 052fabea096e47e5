using Federation.Storage.Config;
using Federation.Storage.Files;

namespace Federation.Storage.Attempts;

/// <summary>
/// Renames an accepted attempt's files to their final names. The store's transaction has decided before; this carries
/// the decision out. It can be repeated after a crash at any point, and by several processes at once.
/// </summary>
/// <remarks>
/// On disk: (1) a record <c>winner-&lt;order&gt;.json</c> appears, exclusively, so that of two attempts under one order
/// only one is ever carried out; (2) the attempts of earlier orders go, so that a late publisher of one finds its files
/// gone and can overwrite nothing; (3) each file is renamed, then its new folder is flushed before its old one, so that
/// a crash leaves it under one name or both, never under none; (4) the record becomes
/// <c>published-&lt;order&gt;.json</c>; (5) this order's attempts go.
/// </remarks>
public sealed class Publisher(StorageFolder storage)
{
    private const int MaxTurns = 5;

    private readonly IFileLayer _files = storage.Files;

    /// <summary>Publishes the attempt that was accepted for a phase under an order.</summary>
    /// <exception cref="StorageException">A file of the attempt is neither there nor published, or has another
    /// size.</exception>
    public PublishOutcome Publish(SectorId sector, SealingPhase phase, uint order, AttemptId attempt)
    {
        var attempts = storage.Attempts(sector, phase);
        for (var turn = 1; ; turn++)
        {
            try
            {
                return CarryOut(attempts, order, attempt);
            }
            catch (IOException) when (turn < MaxTurns && IsAnnounced(attempts, order))
            {
                // Another process carries the same decision out, and moved a file while this one looked at it: what is
                // left of the work is read anew.
            }
        }
    }

    private PublishOutcome CarryOut(PhaseAttempts attempts, uint order, AttemptId attempt)
    {
        if (FindSettled(attempts, order, attempt) is { } settled)
        {
            if (settled == PublishOutcome.AlreadyPublished)
            {
                CleanUp(attempts, order);
            }

            return settled;
        }

        var winner = attempts.ReadWinner(WinnerRecord.NameWhilePublishing(order)) ?? Announce(attempts, order, attempt);
        if (winner is null)
        {
            return FindSettled(attempts, order, attempt) ?? PublishOutcome.Missing;
        }

        if (winner.Attempt != attempt.ToString())
        {
            return PublishOutcome.Superseded;
        }

        DeleteAttempts(attempts, candidate => candidate < order);
        MoveFiles(attempts, attempt, winner);
        _files.Rename(
            Path.Combine(attempts.Folder, WinnerRecord.NameWhilePublishing(order)),
            Path.Combine(attempts.Folder, WinnerRecord.NameOncePublished(order)));
        _files.FlushDirectory(attempts.Folder);
        CleanUp(attempts, order);
        return PublishOutcome.Published;
    }

    /// <summary>How the order ended, once this attempt, another or a later order's is published; else null.</summary>
    private PublishOutcome? FindSettled(PhaseAttempts attempts, uint order, AttemptId attempt)
    {
        if (Records(attempts).Any(record => record.Order > order))
        {
            return PublishOutcome.Superseded;
        }

        return attempts.ReadWinner(WinnerRecord.NameOncePublished(order)) is not { } published ? null
            : published.Attempt == attempt.ToString() ? PublishOutcome.AlreadyPublished
            : PublishOutcome.Superseded;
    }

    private bool IsAnnounced(PhaseAttempts attempts, uint order) =>
        Records(attempts).Any(record => record.Order >= order);

    private WinnerRecord? Announce(PhaseAttempts attempts, uint order, AttemptId id)
    {
        if (attempts.Find(id) is not { } attempt || attempt.ReadManifest() is not { } manifest)
        {
            return null;
        }

        if (manifest.Select(attempt.FindProblem).OfType<string>().FirstOrDefault() is { } problem)
        {
            throw new StorageException(problem);
        }

        var record = new WinnerRecord(id.ToString(), manifest);
        var name = WinnerRecord.NameWhilePublishing(order);
        if (!_files.TryWriteNewDurably(Path.Combine(attempts.Folder, name), ConfigJson.Write(record)))
        {
            return attempts.ReadWinner(name);
        }

        if (attempts.ReadWinner(WinnerRecord.NameOncePublished(order)) is null)
        {
            return record;
        }

        // Another process published under this order after this one had looked: its record stands.
        _files.DeleteFile(Path.Combine(attempts.Folder, name));
        return null;
    }

    private void MoveFiles(PhaseAttempts attempts, AttemptId id, WinnerRecord winner)
    {
        var source = Path.Combine(attempts.Folder, id.ToString());
        var (oldFolders, newFolders) = (
            new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var file in winner.Files)
        {
            var name = AttemptFileName.Parse(file.Name);
            var from = Path.Combine(source, name.ToString());
            var to = storage.PathOf(attempts.Sector, name);
            EnsureFinalFolder(attempts.Sector, name);
            Move(from, to, file.Size);
            newFolders.Add(Path.GetDirectoryName(to)!);
            oldFolders.Add(Path.GetDirectoryName(from)!);
        }

        foreach (var folder in newFolders)
        {
            _files.FlushDirectory(folder);
        }

        foreach (var folder in oldFolders.Where(folder => _files.KindOf(folder) == EntryKind.Directory))
        {
            _files.FlushDirectory(folder);
        }
    }

    private void EnsureFinalFolder(SectorId sector, AttemptFileName name)
    {
        _files.EnsureDirectory(storage.Resolve(name.Folder));
        if (name.Entry is not null)
        {
            _files.EnsureDirectory(storage.Resolve(name.Folder, sector.Name));
        }
    }

    private void Move(string from, string to, long size)
    {
        if (_files.Rename(from, to))
        {
            return;
        }

        // Renamed before a crash, or by another publisher of the same attempt: then it must be at its final place.
        var actual = _files.KindOf(to) == EntryKind.File ? _files.LengthOf(to, size) : -1;
        if (actual != size)
        {
            throw new StorageException(
                $"{to} is {(actual < 0 ? "missing" : $"{actual} bytes long")}, expected {size} bytes, "
                + $"and {from} is gone: run its phase again.");
        }
    }

    /// <summary>
    /// Deletes what no later step needs: attempts of this and earlier orders, older records, drafts of records.
    /// </summary>
    private void CleanUp(PhaseAttempts attempts, uint order)
    {
        DeleteAttempts(attempts, candidate => candidate <= order);
        var records = Records(attempts).Where(record => record.Order < order).Select(record => record.Name);
        var drafts = _files.List(attempts.Folder).Where(name => WinnerRecord.IsDraft(name, order));
        foreach (var name in records.Concat(drafts).ToList())
        {
            _files.DeleteFile(Path.Combine(attempts.Folder, name));
        }

        _files.FlushDirectory(attempts.Folder);
    }

    private static void DeleteAttempts(PhaseAttempts attempts, Predicate<uint> isOld)
    {
        foreach (var attempt in attempts.List().Where(attempt => isOld(attempt.Order)))
        {
            attempts.Delete(attempt.Id);
        }
    }

    private List<(string Name, uint Order)> Records(PhaseAttempts attempts)
    {
        var records = new List<(string Name, uint Order)>();
        foreach (var name in _files.List(attempts.Folder))
        {
            if (WinnerRecord.TryParseName(name, out var order))
            {
                records.Add((name, order));
            }
        }

        return records;
    }
}
