using Federation.Storage.Files;

namespace Federation.Storage.Tests;

/// <summary>
/// A disk that can lose power between any two operations. It keeps what programs see apart from what was flushed, and
/// counts the operations that change something; once <see cref="CrashAfter"/> of them were done, the next one throws.
/// </summary>
internal sealed class CrashDisk : IFileLayer
{
    private readonly Dir _root = new();

    public int Operations { get; private set; }

    public int CrashAfter { get; set; } = int.MaxValue;

    /// <summary>Called before a file is opened.</summary>
    public Action<string> Reading { get; set; } = _ => { };

    /// <summary>Called before each operation that changes something.</summary>
    public Action Changing { get; set; } = () => { };

    /// <summary>Power is back; optionally everything that was not flushed is gone.</summary>
    public void Restart(bool loseUnflushed)
    {
        CrashAfter = int.MaxValue;
        if (loseUnflushed)
        {
            _root.Forget([]);
        }
    }

    public void MakeTree(string path)
    {
        var dir = _root;
        foreach (var part in Parts(path))
        {
            dir.Seen.TryAdd(part, new Dir());
            dir.Kept[part] = dir.Seen[part];
            dir = (Dir)dir.Seen[part];
        }
    }

    public string ReadText(string path) => ((Data)Find(path)!).Seen;

    public void WriteText(string path, string text) => WriteNew(path, System.Text.Encoding.UTF8.GetBytes(text));

    public EntryKind KindOf(string path) => Find(path) switch
    {
        null => EntryKind.None,
        Dir => EntryKind.Directory,
        _ => EntryKind.File,
    };

    public IReadOnlyList<string> List(string directory) =>
        Find(directory) is Dir dir ? [.. dir.Seen.Keys.Order(StringComparer.Ordinal)] : [];

    /// <summary>Sizes as a network file system's cache shows them until the file is opened.</summary>
    public bool ShowsOldSizes { get; set; }

    public long LengthOf(string path) =>
        ShowsOldSizes ? 0 : Find(path) is Data data ? data.Seen.Length : throw new FileNotFoundException(path);

    public Stream OpenRead(string path)
    {
        Reading(path);
        return Find(path) is Data data
            ? new MemoryStream(System.Text.Encoding.UTF8.GetBytes(data.Seen))
            : throw new FileNotFoundException(path);
    }

    public bool CreateDirectory(string path)
    {
        Count();
        return Parent(path).Seen.TryAdd(Path.GetFileName(path), new Dir());
    }

    public void WriteNew(string path, ReadOnlySpan<byte> content)
    {
        Count();
        if (!Parent(path).Seen.TryAdd(
            Path.GetFileName(path), new Data { Seen = System.Text.Encoding.UTF8.GetString(content) }))
        {
            throw new IOException($"{path} exists.");
        }
    }

    public bool Rename(string from, string to)
    {
        Count();
        if (Find(from) is not { } entry || (Find(to) is Dir { Seen.Count: > 0 }))
        {
            return false;
        }

        Parent(from).Seen.Remove(Path.GetFileName(from));
        Parent(to).Seen[Path.GetFileName(to)] = entry;
        return true;
    }

    public bool Link(string from, string to)
    {
        Count();
        return Find(from) is { } entry && Parent(to).Seen.TryAdd(Path.GetFileName(to), entry);
    }

    public void DeleteFile(string path)
    {
        Count();
        if (Find(path) is Data)
        {
            Parent(path).Seen.Remove(Path.GetFileName(path));
        }
    }

    public void DeleteDirectory(string path)
    {
        Count();
        if (Find(path) is Dir dir)
        {
            Assert.Empty(dir.Seen);
            Parent(path).Seen.Remove(Path.GetFileName(path));
        }
    }

    public void FlushFile(string path)
    {
        Count();
        ((Data)Find(path)!).Keep();
    }

    public void FlushDirectory(string path)
    {
        Count();
        ((Dir)Find(path)!).Keep();
    }

    private void Count()
    {
        if (Operations == CrashAfter)
        {
            throw new PowerLostException();
        }

        Operations++;
        Changing();
    }

    private static string[] Parts(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private Entry? Find(string path)
    {
        Entry? entry = _root;
        foreach (var part in Parts(path))
        {
            entry = (entry as Dir)?.Seen.GetValueOrDefault(part);
        }

        return entry;
    }

    private Dir Parent(string path) =>
        Find(Path.GetDirectoryName(path)!) as Dir ?? throw new DirectoryNotFoundException(path);

    private abstract class Entry
    {
        /// <summary>Goes back to what was flushed.</summary>
        public abstract void Forget(HashSet<Entry> done);
    }

    private sealed class Dir : Entry
    {
        public Dictionary<string, Entry> Seen { get; private set; } = [];

        public Dictionary<string, Entry> Kept { get; private set; } = [];

        public void Keep() => Kept = new(Seen);

        public override void Forget(HashSet<Entry> done)
        {
            if (done.Add(this))
            {
                Seen = new(Kept);
                foreach (var entry in Seen.Values)
                {
                    entry.Forget(done);
                }
            }
        }
    }

    private sealed class Data : Entry
    {
        private string _kept = "";

        public string Seen { get; set; } = "";

        public void Keep() => _kept = Seen;

        public override void Forget(HashSet<Entry> done) => Seen = _kept;
    }
}

internal sealed class PowerLostException : Exception;
