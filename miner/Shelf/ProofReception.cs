using System.Security.Cryptography;

namespace Federation.Miner.Shelf;

/// <summary>A proof on its way in. Kept only by <see cref="KeepAsync"/>; otherwise nothing of it stays.</summary>
internal sealed class ProofReception : IAsyncDisposable
{
    private readonly string _partial;
    private readonly string _final;
    private readonly Action<string> _keep;
    private readonly Action _leave;
    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public ProofReception(string partial, string final, Action<string> keep, Action leave)
    {
        (_partial, _final, _keep, _leave) = (partial, final, keep, leave);
        _file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    /// <summary>Bytes so far.</summary>
    public long Length { get; private set; }

    public async Task WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        await _file.WriteAsync(data, cancellationToken);
        _hash.AppendData(data.Span);
        Length += data.Length;
    }

    /// <summary>Puts the proof on disk for good when it has the digest; false otherwise.</summary>
    public async Task<bool> KeepAsync(string sha256, CancellationToken cancellationToken)
    {
        if (Convert.ToHexStringLower(_hash.GetHashAndReset()) != sha256)
        {
            return false;
        }

        await _file.FlushAsync(cancellationToken);
        _file.Flush(flushToDisk: true);
        File.Move(_partial, _final, overwrite: true);
        _keep(sha256);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        _hash.Dispose();
        File.Delete(_partial);
        _leave();
    }
}
