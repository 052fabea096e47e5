using Federation.Proofs;
using Federation.Proofs.Groth16;
using Federation.Proofs.Post;

namespace Federation.Worker.Phases;

/// <summary>Proofs of spacetime.</summary>
public sealed partial class PhaseRunner
{
    /// <summary>
    /// The vanilla proofs of a proof of spacetime. Ends as the phases of <see cref="IPhaseRunner"/> do; a sector that
    /// cannot be proved is part of the result.
    /// </summary>
    public Task<PostVanillaResult> PostVanillaAsync(
        PostConfig config,
        Bytes32 randomness,
        IReadOnlyList<PostReplica> replicas,
        IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken) => RunAsync(
            () => PostVanillaPhase.Run(config, randomness, replicas, options, progress, cancellationToken),
            cancellationToken);

    /// <summary>The proofs of all partitions, concatenated, from verified vanilla proofs.</summary>
    public Task<byte[]> ProvePostAsync(
        PostStatement statement,
        IReadOnlyList<PostVanillaProof> vanilla,
        MappedParameters parameters,
        IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken) => RunAsync(
            () => PostProofs.Prove(statement, vanilla, parameters, options, progress, cancellationToken),
            cancellationToken);

    /// <summary>Verifies proofs of spacetime. Null when they hold, else the reason.</summary>
    public static Task<string?> VerifyPostAsync(
        PostStatement statement, ReadOnlyMemory<byte> proofs, VerifyingKey key, CancellationToken cancellationToken) =>
        RunAsync(
            () =>
            {
                PostProofs.TryVerify(statement, proofs.Span, new Groth16Verifier(key), out var reason);
                return reason;
            },
            cancellationToken);
}
