namespace Federation.Proofs.Post;

/// <summary>What became of the sectors that were to be proved.</summary>
/// <param name="Statement">What the proofs are about: the good sectors. Null when there is none.</param>
/// <param name="Proofs">Their vanilla proofs, in the statement's order; each is verified.</param>
/// <param name="Faulty">Sectors that cannot be proved, by ascending number.</param>
public sealed record PostVanillaResult(
    PostStatement? Statement, IReadOnlyList<PostVanillaProof> Proofs, IReadOnlyList<FaultySector> Faulty);
