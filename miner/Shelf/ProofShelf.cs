using System.Collections.Concurrent;
using System.Security.Cryptography;
using Federation.Chain;
using Federation.Miner.Sectors;

namespace Federation.Miner.Shelf;

/// <summary>
/// The proofs that agents sent, one file a sector, in the miner's repository; and their verification, each once.
/// A file's name follows from miner and sector number, never from a request.
/// </summary>
internal sealed class ProofShelf : IProofShelf, IProofVerifier, IDisposable
{
    private readonly string _folder;
    private readonly string _miner;
    private readonly ProofCheck _check;
    private readonly SemaphoreSlim _verifying = new(Environment.ProcessorCount);
    private readonly ConcurrentDictionary<ulong, string> _held = [];
    private readonly ConcurrentDictionary<ulong, int> _arriving = [];
    private readonly ConcurrentDictionary<ulong, (ProofStatement Statement, string? Refusal)> _verdicts = [];

    /// <summary>
    /// Opens the shelf; what an upload left half-done is deleted, what is whole is known again by its digest.
    /// </summary>
    public ProofShelf(string folder, string miner, VerifyingKeys keys)
    {
        (_folder, _miner, _check) = (folder, miner, new ProofCheck(keys));
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            if (ProofFileName.TryParse(Path.GetFileName(file), miner, out var sector))
            {
                using var stream = File.OpenRead(file);
                _held[sector] = Convert.ToHexStringLower(SHA256.HashData(stream));
            }
            else
            {
                File.Delete(file);
            }
        }
    }

    /// <inheritdoc/>
    public bool Has(ulong sector, string sha256) => sha256.Length > 0 && _held.GetValueOrDefault(sector) == sha256;

    /// <inheritdoc/>
    public bool IsArriving(ulong sector) => _arriving.ContainsKey(sector);

    /// <inheritdoc/>
    public void Discard(ulong sector)
    {
        _held.TryRemove(sector, out _);
        _verdicts.TryRemove(sector, out _);
        File.Delete(PathOf(sector));
    }

    /// <inheritdoc/>
    public async ValueTask<string?> RefusalAsync(ProofStatement statement, CancellationToken cancellationToken)
    {
        if (_verdicts.TryGetValue(statement.Sector, out var known) && known.Statement == statement)
        {
            return known.Refusal;
        }

        if (!Has(statement.Sector, statement.ProofSha256))
        {
            return $"no proof with digest {statement.ProofSha256} is at hand";
        }

        await _verifying.WaitAsync(cancellationToken);
        try
        {
            var path = PathOf(statement.Sector);
            var refusal = await Task.Run(() => _check.Refusal(statement, path, cancellationToken), cancellationToken);
            _verdicts[statement.Sector] = (statement, refusal);
            return refusal;
        }
        finally
        {
            _verifying.Release();
        }
    }

    /// <summary>Begins to receive a proof: a file of its own until it is whole.</summary>
    public ProofReception Receive(ulong sector)
    {
        _arriving.AddOrUpdate(sector, 1, static (_, count) => count + 1);
        return new ProofReception(
            Path.Combine(_folder, $"{Guid.NewGuid():N}.part"), PathOf(sector), sha256 => Keep(sector, sha256),
            () => Leave(sector));
    }

    /// <inheritdoc/>
    public void Dispose() => _verifying.Dispose();

    private void Keep(ulong sector, string sha256)
    {
        _verdicts.TryRemove(sector, out _);
        _held[sector] = sha256;
    }

    private void Leave(ulong sector)
    {
        while (_arriving.TryGetValue(sector, out var count))
        {
            if (count > 1 ? _arriving.TryUpdate(sector, count - 1, count)
                : _arriving.TryRemove(KeyValuePair.Create(sector, count)))
            {
                return;
            }
        }
    }

    private string PathOf(ulong sector) => Path.Combine(_folder, ProofFileName.Of(_miner, sector));
}
