using Federation.Proofs;

namespace Federation.Chain;

/// <summary>What a proof must prove.</summary>
/// <param name="Config">How the sector is sealed.</param>
/// <param name="Miner">Actor id.</param>
/// <param name="Sector">Sector number.</param>
/// <param name="CommR">CommR of the pre-commit.</param>
/// <param name="CommD">CommD of the pre-commit.</param>
/// <param name="Ticket">Randomness of the pre-commit's ticket epoch.</param>
/// <param name="Seed">Randomness of the seed epoch.</param>
/// <param name="ProofKind">What the message says the proof is.</param>
/// <param name="ProofSha256">Digest that names the proof, lower-case hex.</param>
public sealed record ProofStatement(
    SealConfig Config, ulong Miner, ulong Sector, Bytes32 CommR, Bytes32 CommD, Bytes32 Ticket, Bytes32 Seed,
    string ProofKind, string ProofSha256);
