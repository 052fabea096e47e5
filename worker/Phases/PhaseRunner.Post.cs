using Federation.Proofs;
using Federation.Proofs.Groth16;
using Federation.Proofs.Groth16.Parameters;
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

    /// <summary>
    /// Refuses parameters that are missing, or plainly no good, before hundreds of sectors are opened for their proof.
    /// </summary>
    public static Task RequireParametersAsync(
        PostConfig config, ParameterCache cache, ParameterPolicy policy, CancellationToken cancellationToken) =>
        RunAsync(
            () =>
            {
                cache.RequireForm(PostProofs.CircuitOf(config), ParameterFile.Parameters, policy);
                return true;
            },
            cancellationToken);

    /// <summary>
    /// The proofs of all partitions, concatenated, from verified vanilla proofs, and the parameters they are made with.
    /// </summary>
    public Task<(byte[] Proofs, ParameterOrigin Origin, string Path)> ProvePostAsync(
        PostStatement statement,
        IReadOnlyList<PostVanillaProof> vanilla,
        ParameterCache cache,
        ParameterPolicy policy,
        IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken) => RunAsync(
            () =>
            {
                // On the thread that reads them, which may outlive the caller's patience.
                using var parameters = MappedParameters.Open(
                    cache, PostProofs.CircuitOf(statement.Config), policy, cancellationToken);
                var proofs = PostProofs.Prove(statement, vanilla, parameters, options, progress, cancellationToken);
                return (proofs, parameters.Origin, parameters.Path);
            },
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
