namespace Federation.Miner.Api;

/// <summary>What SectorsStatus answers; the last members are this miner's own.</summary>
internal sealed record SectorStatus
{
    public required ulong SectorID { get; init; }

    public required string State { get; init; }

    public required CidLink? CommD { get; init; }

    public required CidLink? CommR { get; init; }

    public byte[]? Proof { get; init; }

    public IReadOnlyList<ulong> Deals { get; init; } = [0];

    public required IReadOnlyList<SectorPiece> Pieces { get; init; }

    public required SealRandomness Ticket { get; init; }

    public required SealRandomness Seed { get; init; }

    public required CidLink? PreCommitMsg { get; init; }

    public required CidLink? CommitMsg { get; init; }

    public required uint Retries { get; init; }

    public bool ToUpgrade { get; init; }

    public CidLink? ReplicaUpdateMessage { get; init; }

    public required string LastErr { get; init; }

    public required IReadOnlyList<SectorLogEntry> Log { get; init; }

    public required int SealProof { get; init; }

    public long Activation { get; init; }

    public long Expiration { get; init; }

    public string DealWeight { get; init; } = "0";

    public string VerifiedDealWeight { get; init; } = "0";

    public string InitialPledge { get; init; } = "0";

    public long OnTime { get; init; }

    public long Early { get; init; }

    public required string Region { get; init; }

    public required string Agent { get; init; }

    public required bool NeedsOperator { get; init; }

    public required IReadOnlyDictionary<string, double> PhaseSeconds { get; init; }

    /// <summary>Why nobody works on it; "" where somebody does or nobody has to.</summary>
    public string Wait { get; init; } = "";
}
