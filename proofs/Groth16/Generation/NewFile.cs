using System.Buffers.Binary;
using System.Security.Cryptography;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Proofs.Groth16.Generation;

/// <summary>
/// A file that is written from beginning to end under another name, gets its own when it is whole, with its SHA-256
/// beside it, and never takes the place of one that exists.
/// </summary>
internal sealed class NewFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly string _path;
    private bool _recorded;
    private bool _kept;

    /// <exception cref="IOException">A file of this name, or its digest, exists, or it cannot be written.</exception>
    public NewFile(string path)
    {
        _path = path;
        foreach (var taken in (string[])[path, DigestFile.PathOf(path)])
        {
            if (File.Exists(taken))
            {
                throw new IOException($"{taken} exists, and parameters are never overwritten");
            }
        }

        _stream = new FileStream(path + ".tmp", FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        _digest.AppendData(bytes);
        _stream.Write(bytes);
    }

    public void WriteCount(int count)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, count);
        Write(bytes);
    }

    /// <summary>Ends the file on its disk and records its SHA-256, which is returned; it has no name yet.</summary>
    public string Record()
    {
        _stream.Flush(flushToDisk: true);
        var digest = Convert.ToHexStringLower(_digest.GetHashAndReset());
        DigestFile.Write(_path, digest);
        _recorded = true;
        return digest;
    }

    /// <summary>Gives the recorded file its name.</summary>
    public void Keep()
    {
        File.Move(_stream.Name, _path, overwrite: false);
        _kept = true;
    }

    public void Dispose()
    {
        _digest.Dispose();
        if (_kept)
        {
            _stream.Dispose();
            return;
        }

        try
        {
            // Writes what it has left, for which a full disk has no room.
            _stream.Dispose();
        }
        catch (IOException)
        {
            // Nobody wants it any more; why it was given up is told already.
        }

        File.Delete(_stream.Name);
        if (_recorded)
        {
            File.Delete(DigestFile.PathOf(_path));
        }
    }
}
