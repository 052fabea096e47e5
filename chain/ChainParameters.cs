namespace Federation.Chain;

/// <summary>Constants of a network, in epochs unless the type says otherwise.</summary>
/// <param name="EpochDuration">Time between two epochs.</param>
/// <param name="SeedDelay">Epochs from a pre-commit's landing to its seed (PreCommitChallengeDelay).</param>
/// <param name="TicketLookback">How far behind the head a ticket is drawn.</param>
/// <param name="MaxTicketAge">Age at which a pre-commit's ticket is too old.</param>
/// <param name="MaxProveCommitDuration">Age at which a pre-commit expires.</param>
/// <param name="SectorLifetime">Epochs from pre-commit to a new sector's expiration.</param>
/// <param name="Proofs">What it takes as the proof of a sector.</param>
/// <param name="AllowsTestParameters">Groth16 proofs may be made with parameters that are not Filecoin's.</param>
public sealed record ChainParameters(
    TimeSpan EpochDuration,
    long SeedDelay,
    long TicketLookback,
    long MaxTicketAge,
    long MaxProveCommitDuration,
    long SectorLifetime,
    ProofKind Proofs,
    bool AllowsTestParameters);
