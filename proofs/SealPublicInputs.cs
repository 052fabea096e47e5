namespace Federation.Proofs;

/// <summary>What a PoRep speaks about, all of it known to the chain.</summary>
public sealed record SealPublicInputs
{
    /// <summary>The miner's prover id.</summary>
    public required Bytes32 ProverId { get; init; }

    /// <summary>Sector number.</summary>
    public required ulong Sector { get; init; }

    /// <summary>Randomness that PC1 was bound to.</summary>
    public required Bytes32 Ticket { get; init; }

    /// <summary>Randomness that draws the challenges; a Non-interactive PoRep records it without using it.</summary>
    public required Bytes32 Seed { get; init; }

    /// <summary>Commitment to the data.</summary>
    public required Bytes32 CommD { get; init; }

    /// <summary>Commitment to the replica.</summary>
    public required Bytes32 CommR { get; init; }

    /// <summary>The replica id under a configuration.</summary>
    public Bytes32 ReplicaId(SealConfig config) =>
        Proofs.ReplicaId.Compute(ProverId, Sector, Ticket, CommD, config.PoRepId);
}
