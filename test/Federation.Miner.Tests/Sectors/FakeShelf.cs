using System.Collections.Concurrent;
using Federation.Chain;
using Federation.Miner.Sectors;

namespace Federation.Miner.Tests.Sectors;

/// <summary>Proofs by name only: one whose digest begins with "bad" is not valid. Thread-safe, as the loop's steps run
/// beside the test.</summary>
internal sealed class FakeShelf : IProofShelf
{
    private readonly ConcurrentDictionary<ulong, string> _proofs = [];

    /// <summary>Why no proof can be judged; null when it can.</summary>
    public IOException? Trouble { get; set; }

    /// <summary>The sectors whose proof is here, at this moment.</summary>
    public IReadOnlyCollection<ulong> Held => [.. _proofs.Keys];

    public bool Has(ulong sector, string sha256) => _proofs.GetValueOrDefault(sector) == sha256;

    public bool IsArriving(ulong sector) => false;

    public ValueTask<string?> RefusalAsync(ProofStatement statement, CancellationToken cancellationToken) =>
        Trouble is { } trouble ? throw trouble : new(IsBad(statement.ProofSha256) ? "the test says so" : null);

    public void Discard(ulong sector) => _proofs.TryRemove(sector, out _);

    public void Put(ulong sector, string sha256) => _proofs[sector] = sha256;

    public static bool IsBad(string sha256) => sha256.StartsWith("bad", StringComparison.Ordinal);
}
