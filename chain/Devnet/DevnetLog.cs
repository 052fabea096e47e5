using System.Text.Json;
using Federation.Journal;
using Microsoft.Win32.SafeHandles;

namespace Federation.Chain.Devnet;

/// <summary>
/// The devnet's append-only log: one <see cref="Frame"/> per record, numbered from 1. A last frame that is not whole or
/// not sound was never acknowledged and is cut off at opening; anything else that does not check refuses to open. Not
/// thread-safe: its owner serialises calls.
/// </summary>
internal sealed class DevnetLog : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private long _length;
    private ulong _last;
    private bool _broken;

    private DevnetLog(SafeFileHandle file, string path) => (_file, _path) = (file, path);

    /// <summary>Opens or creates the log and reads what it holds; its folder is made when missing.</summary>
    /// <exception cref="InvalidDataException">A frame before the last does not check.</exception>
    public static DevnetLog Open(string path, out List<DevnetRecord> records)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        FolderSync.Create(folder);
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            FolderSync.Flush(folder);
            var log = new DevnetLog(file, path);
            records = log.ReadAll();
            return log;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Appends a record and returns once it is on disk.</summary>
    /// <exception cref="IOException">Nothing was appended; a later call may succeed.</exception>
    public void Append(DevnetRecord record)
    {
        if (_broken)
        {
            throw new IOException($"{_path} could not be written and not be taken back: start the miner again.");
        }

        var frame = Frame.Encode(_last + 1, JsonSerializer.SerializeToUtf8Bytes(record));
        try
        {
            RandomAccess.Write(_file, frame, _length);
            RandomAccess.FlushToDisk(_file);
        }
        catch (IOException)
        {
            TakeBack();
            throw;
        }

        _length += frame.Length;
        _last++;
    }

    public void Dispose() => _file.Dispose();

    private List<DevnetRecord> ReadAll()
    {
        var content = new byte[RandomAccess.GetLength(_file)];
        if (RandomAccess.Read(_file, content, 0) != content.Length)
        {
            throw new IOException($"{_path} changed while it was read: is another miner using this repository?");
        }

        var records = new List<DevnetRecord>();
        var at = 0;
        while (Frame.TryRead(content.AsSpan(at), out var frame))
        {
            if (frame.Sequence != _last + 1)
            {
                throw Corrupt(at);
            }

            records.Add(Parse(frame.Payload, at));
            _last++;
            at += frame.TotalBytes;
        }

        CutTail(content, at);
        return records;
    }

    /// <summary>A file that no frame begins is not ours: cut to nothing, it would be a devnet lost.</summary>
    private void CutTail(ReadOnlySpan<byte> content, int at)
    {
        if (!Frame.MayBegin(content) || (at < content.Length && Frame.AnyAfter(_last + 1, content[(at + 1)..])))
        {
            throw Corrupt(at);
        }

        if (at < content.Length)
        {
            RandomAccess.SetLength(_file, at);
            RandomAccess.FlushToDisk(_file);
        }

        _length = at;
    }

    private DevnetRecord Parse(ReadOnlySpan<byte> payload, int at)
    {
        try
        {
            return JsonSerializer.Deserialize<DevnetRecord>(payload) ?? throw Corrupt(at);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(
                $"{_path} holds a record at byte {at} that this miner does not know: use the version that wrote it.",
                error);
        }
    }

    private InvalidDataException Corrupt(int at) => new(
        $"{_path} is damaged at byte {at}: restore it from a backup, or delete its folder to begin a new devnet.");

    private void TakeBack()
    {
        try
        {
            RandomAccess.SetLength(_file, _length);
        }
        catch (IOException)
        {
            _broken = true;
        }
    }
}
