namespace Federation.Proofs.Commit2;

/// <summary>Which sector Commit2 proves; the Commit1 output must be this sector's.</summary>
public sealed record Commit2Request
{
    /// <summary>The sector's configuration.</summary>
    public required SealConfig Config { get; init; }

    /// <summary>The miner's prover id.</summary>
    public required Bytes32 ProverId { get; init; }

    /// <summary>Sector number.</summary>
    public required ulong Sector { get; init; }

    /// <summary>Randomness that PC1 was bound to.</summary>
    public required Bytes32 Ticket { get; init; }

    /// <summary>Randomness that draws the challenges.</summary>
    public required Bytes32 Seed { get; init; }

    /// <summary>CommD that the output must state; null: whatever it states, which its replica id then binds.</summary>
    public Bytes32? CommD { get; init; }

    /// <summary>CommR that the output must state; null: whatever it states.</summary>
    public Bytes32? CommR { get; init; }

    /// <summary>The public inputs, with the commitments that an output states where the caller gave none.</summary>
    internal SealPublicInputs Inputs(Bytes32 statedCommD, Bytes32 statedCommR) => new()
    {
        ProverId = ProverId,
        Sector = Sector,
        Ticket = Ticket,
        Seed = Seed,
        CommD = CommD ?? statedCommD,
        CommR = CommR ?? statedCommR,
    };
}
