using Federation.Chain;

namespace Federation.Miner.Sectors;

/// <summary>
/// Where proofs that agents sent lie until the chain has taken them: a cache. A proof that is lost is asked for again.
/// Thread-safe.
/// </summary>
internal interface IProofShelf
{
    /// <summary>True when the sector's proof with this digest is on disk.</summary>
    bool Has(ulong sector, string sha256);

    /// <summary>True while the sector's proof is being received.</summary>
    bool IsArriving(ulong sector);

    /// <summary>Verifies in full the proof that the statement names; null = valid, otherwise why not.</summary>
    /// <exception cref="ProofUnjudgedException">It cannot be judged now: the verifying key cannot be read.</exception>
    /// <exception cref="IOException">The proof cannot be read.</exception>
    ValueTask<string?> RefusalAsync(ProofStatement statement, CancellationToken cancellationToken);

    /// <summary>Throws the sector's proof away. Idempotent.</summary>
    void Discard(ulong sector);
}
