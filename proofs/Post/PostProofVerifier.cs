using Federation.Proofs.Fields;
using Federation.Proofs.Verification;

namespace Federation.Proofs.Post;

/// <summary>Verifies vanilla proofs of spacetime from public inputs alone. Thread-safe.</summary>
public static class PostProofVerifier
{
    /// <summary>Verifies the proofs of all sectors of a statement, in its order.</summary>
    public static VerificationResult Verify(PostStatement statement, IReadOnlyList<PostVanillaProof> proofs)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(proofs);
        if (proofs.Count != statement.Sectors.Count)
        {
            return new VerificationResult(
                VanillaFailure.Statement, $"{proofs.Count} proofs are given for {statement.Sectors.Count} sectors");
        }

        for (var i = 0; i < proofs.Count; i++)
        {
            var result = Verify(statement.Config.Shape, statement.Sectors[i], statement.ChallengesOf(i), proofs[i]);
            if (!result.IsValid)
            {
                return result with { Detail = $"sector {statement.Sectors[i].Number}: {result.Detail}" };
            }
        }

        return VerificationResult.Accepted;
    }

    /// <summary>Verifies one sector's proof.</summary>
    /// <param name="shape">Shape of the sector.</param>
    /// <param name="sector">What the chain knows of it.</param>
    /// <param name="challenges">Leaves that must be opened, in order.</param>
    /// <param name="proof">The proof.</param>
    public static VerificationResult Verify(
        SectorShape shape, PostSector sector, IReadOnlyList<uint> challenges, PostVanillaProof proof)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(challenges);
        ArgumentNullException.ThrowIfNull(proof);
        var result = CheckStatement(sector, challenges.Count, proof);
        for (var i = 0; i < challenges.Count && result.IsValid; i++)
        {
            result = CheckLeaf(shape, challenges[i], proof, i);
        }

        return result;
    }

    private static VerificationResult CheckStatement(PostSector sector, int challenges, PostVanillaProof proof)
    {
        if (proof.Sector != sector)
        {
            return new VerificationResult(
                VanillaFailure.Statement,
                $"the proof is of sector {proof.Sector.Number} with CommR {proof.Sector.CommR}, "
                + $"but {sector.Number} with {sector.CommR} is asked about");
        }

        if (!Fr.IsCanonical(proof.CommC.AsSpan()) || !Fr.IsCanonical(proof.CommRLast.AsSpan()))
        {
            return new VerificationResult(VanillaFailure.NonCanonical, "a root is not a field element");
        }

        if (new PersistentAux(proof.CommC, proof.CommRLast).CommR() != sector.CommR)
        {
            return new VerificationResult(
                VanillaFailure.CommR, "the roots of tree-c and tree-r-last do not hash to CommR");
        }

        return proof.Inclusions.Count == challenges
            ? VerificationResult.Accepted
            : new VerificationResult(
                VanillaFailure.PathShape,
                $"{proof.Inclusions.Count} leaves are opened where {challenges} are challenged");
    }

    private static VerificationResult CheckLeaf(SectorShape shape, uint challenge, PostVanillaProof proof, int number)
    {
        var inclusion = proof.Inclusions[number];
        return inclusion.Root.Span.SequenceEqual(proof.CommRLast.AsSpan())
            ? PoseidonPath.Check(shape, inclusion, challenge, VanillaFailure.ReplicaInclusion, "tree-r-last")
            : new VerificationResult(
                VanillaFailure.ReplicaInclusion, $"the path of node {challenge} claims another root of tree-r-last");
    }
}
