using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Unseal;

/// <summary>The files of an unsealing, under temporary names until <see cref="Complete"/>.</summary>
internal sealed class UnsealOutput : IDisposable
{
    private readonly Target? _data;
    private readonly Target? _unsealed;
    private readonly UnsealRange _range;

    /// <summary>Creates the files that the request names, and has the disk reserve their room.</summary>
    /// <exception cref="IOException">One cannot be made, or there is no room for it.</exception>
    public UnsealOutput(UnsealRequest request, UnsealRange range)
    {
        _range = range;
        _data = request.DataPath is { } data ? new Target(data, range.Size) : null;
        try
        {
            _unsealed = request.UnsealedPath is { } unsealed
                ? new Target(unsealed, request.Config.Shape.SectorSize)
                : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _data?.Dispose();
            throw;
        }
    }

    /// <summary>Writes what of a part of the sector is wanted.</summary>
    /// <param name="paddedStart">First padded byte of the part.</param>
    /// <param name="padded">Padded data.</param>
    /// <param name="unpaddedStart">First unpadded byte of the part.</param>
    /// <param name="unpadded">The same data unpadded.</param>
    public void Write(
        long paddedStart, ReadOnlySpan<byte> padded, long unpaddedStart, ReadOnlySpan<byte> unpadded)
    {
        _unsealed?.Write(padded, paddedStart);
        ReadOnlySpan<byte> wanted = _range.Cut(unpaddedStart, unpadded);
        if (!wanted.IsEmpty)
        {
            _data?.Write(wanted, Math.Max(unpaddedStart, _range.Offset) - _range.Offset);
        }
    }

    /// <summary>Gives the files their names, once all of them is on the disk.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while the disk took its time.</exception>
    public void Complete(CancellationToken cancellationToken)
    {
        _data?.Complete(cancellationToken);
        _unsealed?.Complete(cancellationToken);
    }

    /// <summary>Removes what was not completed.</summary>
    public void Dispose()
    {
        _data?.Dispose();
        _unsealed?.Dispose();
    }

    private sealed class Target : IDisposable
    {
        private readonly string _path;
        private readonly string _temporary;
        private readonly SafeFileHandle _file;

        public Target(string path, long size)
        {
            _path = path;
            _temporary = path + ".tmp";
            if (Directory.Exists(path))
            {
                throw new IOException($"{path} is a folder: name a file");
            }

            _file = File.OpenHandle(_temporary, FileMode.Create, FileAccess.Write, preallocationSize: size);
        }

        public void Write(ReadOnlySpan<byte> bytes, long position) => RandomAccess.Write(_file, bytes, position);

        public void Complete(CancellationToken cancellationToken)
        {
            FileRegions.Flush(_file, cancellationToken);
            File.Move(_temporary, _path, overwrite: true);
        }

        public void Dispose()
        {
            _file.Dispose();
            File.Delete(_temporary);
        }
    }
}
