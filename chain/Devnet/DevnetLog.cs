using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Federation.Chain.Devnet;

/// <summary>
/// The devnet's append-only log: frames of {length, checksum of the length, checksum of the payload, payload}. A frame
/// that the end of the file cuts off was never acknowledged and is dropped at opening; anything else that does not
/// check refuses to open. Not thread-safe: its owner serialises calls.
/// </summary>
internal sealed class DevnetLog : IDisposable
{
    public const int HeadSize = 12;

    private const int MaxPayload = 1 << 20;

    private readonly SafeFileHandle _file;
    private readonly string _path;
    private long _length;
    private bool _broken;

    private DevnetLog(SafeFileHandle file, string path) => (_file, _path) = (file, path);

    /// <summary>Opens or creates the log and reads what it holds.</summary>
    /// <exception cref="InvalidDataException">A frame before the last does not check.</exception>
    public static DevnetLog Open(string path, out List<DevnetRecord> records)
    {
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
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

    /// <summary>Appends records and returns once they are on disk.</summary>
    /// <exception cref="IOException">Nothing was appended; a later call may succeed.</exception>
    public void Append(params ReadOnlySpan<DevnetRecord> records)
    {
        if (_broken)
        {
            throw new IOException($"{_path} could not be written and not be taken back: start the miner again.");
        }

        var frames = new MemoryStream();
        foreach (var record in records)
        {
            frames.Write(Frame(record));
        }

        try
        {
            RandomAccess.Write(_file, frames.GetBuffer().AsSpan(0, (int)frames.Length), _length);
            RandomAccess.FlushToDisk(_file);
            _length += frames.Length;
        }
        catch (IOException)
        {
            TakeBack();
            throw;
        }
    }

    public void Dispose() => _file.Dispose();

    private static byte[] Frame(DevnetRecord record)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(record);
        var frame = new byte[HeadSize + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), Checksum(frame.AsSpan(0, 4)));
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(8), Checksum(payload));
        payload.CopyTo(frame.AsSpan(HeadSize));
        return frame;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var value in bytes)
        {
            checksum = BitOperations.Crc32C(checksum, value);
        }

        return ~checksum;
    }

    private List<DevnetRecord> ReadAll()
    {
        var content = new byte[RandomAccess.GetLength(_file)];
        if (RandomAccess.Read(_file, content, 0) != content.Length)
        {
            throw new IOException($"{_path} changed while it was read: is another miner using this repository?");
        }

        var records = new List<DevnetRecord>();
        var at = 0;
        while (TryFrame(content, at, out var payload))
        {
            records.Add(JsonSerializer.Deserialize<DevnetRecord>(payload)
                ?? throw new InvalidDataException($"{_path} holds an empty record at byte {at}."));
            at += HeadSize + payload.Length;
        }

        if (at < content.Length)
        {
            RandomAccess.SetLength(_file, at);
            RandomAccess.FlushToDisk(_file);
        }

        _length = at;
        return records;
    }

    private bool TryFrame(ReadOnlySpan<byte> content, int at, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        var rest = content[at..];
        if (rest.Length < HeadSize || rest.IndexOfAnyExcept((byte)0) < 0)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        if (length is <= 0 or > MaxPayload || BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]) != Checksum(rest[..4]))
        {
            throw Corrupt(at);
        }

        if (rest.Length < HeadSize + length)
        {
            return false;
        }

        payload = rest.Slice(HeadSize, length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]) == Checksum(payload))
        {
            return true;
        }

        return rest.Length == HeadSize + length ? false : throw Corrupt(at);
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
