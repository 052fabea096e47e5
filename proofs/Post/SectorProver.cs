using System.Diagnostics.CodeAnalysis;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Post;

/// <summary>Opens leaves of one sector after the other. Safe for concurrent use.</summary>
/// <param name="shape">Shape of the sectors.</param>
/// <param name="threads">Threads that share the leaves of a sector.</param>
/// <param name="cancellationToken">Ends a sector between its leaves.</param>
internal sealed class SectorProver(SectorShape shape, int threads, CancellationToken cancellationToken)
{
    /// <summary>
    /// Proves a sector and verifies the proof. False, and why, when its files are missing, damaged or another's.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public bool TryProve(
        PostReplica replica,
        uint[] challenges,
        [NotNullWhen(true)] out PostVanillaProof? proof,
        [NotNullWhen(false)] out string? reason)
    {
        proof = null;
        reason = null;
        try
        {
            var made = Open(replica, challenges);
            var result = PostProofVerifier.Verify(shape, replica.Sector, challenges, made);
            proof = result.IsValid ? made : null;
            reason = result.IsValid ? null : result.Detail;
        }
        catch (Exception failure) when (
            failure is IOException or InvalidDataException or FormatException or UnauthorizedAccessException)
        {
            reason = failure.Message;
        }

        return proof is not null;
    }

    private PostVanillaProof Open(PostReplica replica, uint[] challenges)
    {
        var roots = PersistentAux.Read(replica.CacheDirectory);
        using var tree = PoseidonTreeReader.OpenTreeRLast(shape, replica.CacheDirectory, replica.SealedPath);
        var inclusions = new MerkleProof[challenges.Length];
        ParallelLoop.Run(
            challenges.Length, threads, i => inclusions[i] = tree.Prove(challenges[i]), cancellationToken);
        return new PostVanillaProof
        {
            Sector = replica.Sector,
            CommC = roots.CommC,
            CommRLast = roots.CommRLast,
            Inclusions = inclusions,
        };
    }
}
