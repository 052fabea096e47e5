using Federation.Journal;
using Microsoft.Win32.SafeHandles;

namespace Federation.Discovery.Embedded.Log;

/// <summary>A folder on disk, held exclusively: a second store on it is refused.</summary>
internal sealed class LogFolder : ILogFiles, IDisposable
{
    private const string LockName = "LOCK";
    private readonly string _path;
    private readonly FileStream _lock;

    /// <exception cref="StoreFolderException">It cannot be used, or another process holds it.</exception>
    public LogFolder(string path)
    {
        _path = path;
        try
        {
            FolderSync.Create(path);
            _lock = new FileStream(
                Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StoreFolderException(
                $"The store's folder {path} cannot be written: give this user write permission or name another folder.",
                e);
        }
        catch (IOException e)
        {
            throw new StoreFolderException(
                $"The store's folder {path} is in use by another process or cannot be opened ({e.Message}): "
                + "stop the other process or name another folder.",
                e);
        }
    }

    public IReadOnlyList<string> Names() =>
        [.. Directory.EnumerateFiles(_path)
            .Select(static file => Path.GetFileName(file))
            .Where(static name => name != LockName)];

    public byte[] Read(string name) => File.ReadAllBytes(Path.Combine(_path, name));

    public ILogFile OpenAppend(string name, long length)
    {
        var file = new DiskFile(Path.Combine(_path, name), length);
        SyncFolder();
        return file;
    }

    public void Rename(string from, string to)
    {
        File.Move(Path.Combine(_path, from), Path.Combine(_path, to), overwrite: true);
        SyncFolder();
    }

    public void Delete(string name)
    {
        File.Delete(Path.Combine(_path, name));
        SyncFolder();
    }

    public void Dispose() => _lock.Dispose();

    private void SyncFolder() => FolderSync.Flush(_path);

    private sealed class DiskFile : ILogFile
    {
        private readonly SafeFileHandle _handle;
        private long _length;

        public DiskFile(string path, long length)
        {
            _handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            _length = length;
            if (RandomAccess.GetLength(_handle) != length)
            {
                RandomAccess.SetLength(_handle, length);
                RandomAccess.FlushToDisk(_handle);
            }
        }

        public void Append(ReadOnlySpan<byte> bytes)
        {
            RandomAccess.Write(_handle, bytes, _length);
            _length += bytes.Length;
        }

        public void Sync() => RandomAccess.FlushToDisk(_handle);

        public void Dispose() => _handle.Dispose();
    }
}
