using Federation.Discovery.Embedded.Log;

namespace Federation.Discovery.Tests.Support;

/// <summary>
/// A disk that keeps what was not synced apart, so that a test can take it away, and that fails from a chosen
/// operation on.
/// </summary>
internal sealed class FaultyFiles : ILogFiles
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FileState> _files = [];
    private int _operations;

    /// <summary>The operation, counted from 1, from which on everything fails; 0 for never.</summary>
    public int FailFrom { get; set; }

    public int Operations => Volatile.Read(ref _operations);

    /// <summary>Called at the begin of each sync, on the log's own thread; a test may hold it there.</summary>
    public Action? OnSync { get; set; }

    public IReadOnlyList<string> Names()
    {
        lock (_lock)
        {
            return [.. _files.Keys];
        }
    }

    public byte[] Read(string name)
    {
        lock (_lock)
        {
            return _files[name].All();
        }
    }

    public ILogFile OpenAppend(string name, long length)
    {
        Count();
        lock (_lock)
        {
            if (!_files.TryGetValue(name, out var file))
            {
                _files[name] = file = new FileState();
            }

            file.Truncate((int)length);
            return new Handle(this, file);
        }
    }

    public void Rename(string from, string to)
    {
        Count();
        lock (_lock)
        {
            Assert.True(_files.Remove(from, out var file));
            _files[to] = file;
        }
    }

    public void Delete(string name)
    {
        Count();
        lock (_lock)
        {
            _files.Remove(name);
        }
    }

    /// <summary>The disk after power was lost: of each file what was synced, then what the test lets survive.</summary>
    public FaultyFiles AfterPowerLoss(Func<byte[], byte[]> survive)
    {
        lock (_lock)
        {
            var after = new FaultyFiles();
            foreach (var (name, file) in _files)
            {
                after._files[name] = new FileState([.. file.Durable, .. survive([.. file.Volatile])]);
            }

            return after;
        }
    }

    /// <summary>The same disk with one file changed.</summary>
    public FaultyFiles With(string name, byte[] bytes)
    {
        var copy = AfterPowerLoss(static rest => rest);
        copy._files[name] = new FileState(bytes);
        return copy;
    }

    /// <summary>Bytes that are not synced yet.</summary>
    public int VolatileBytes()
    {
        lock (_lock)
        {
            return _files.Values.Sum(static file => file.Volatile.Count);
        }
    }

    private void Count()
    {
        var number = Interlocked.Increment(ref _operations);
        if (FailFrom > 0 && number >= FailFrom)
        {
            throw new IOException($"The disk failed (test, operation {number}).");
        }
    }

    private sealed class FileState(params byte[] durable)
    {
        public List<byte> Durable { get; } = [.. durable];

        public List<byte> Volatile { get; } = [];

        public byte[] All() => [.. Durable, .. Volatile];

        public void Truncate(int length)
        {
            var all = All();
            Durable.Clear();
            Volatile.Clear();
            Durable.AddRange(all.AsSpan(0, length));
        }
    }

    private sealed class Handle(FaultyFiles disk, FileState file) : ILogFile
    {
        public void Append(ReadOnlySpan<byte> bytes)
        {
            disk.Count();
            lock (disk._lock)
            {
                file.Volatile.AddRange(bytes);
            }
        }

        public void Sync()
        {
            disk.OnSync?.Invoke();
            disk.Count();
            lock (disk._lock)
            {
                file.Durable.AddRange(file.Volatile);
                file.Volatile.Clear();
            }
        }

        public void Dispose()
        {
        }
    }
}
