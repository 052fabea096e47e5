using Federation.Proofs;
using Federation.Proofs.Commit2;
using Federation.Proofs.Groth16;

namespace Federation.Worker.Phases;

/// <summary>Proofs of replication.</summary>
public sealed partial class PhaseRunner
{
    /// <inheritdoc/>
    public Task<Commit2Outcome> Commit2Async(
        Commit2Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(
            () =>
            {
                var result = Commit2(task, progress, cancellationToken);
                return new Commit2Outcome(result.Proof, result);
            },
            cancellationToken);

    /// <summary>Verifies the proof of a seal. Null when it holds, else the reason.</summary>
    public static Task<string?> VerifySealAsync(
        SealConfig config,
        SealPublicInputs inputs,
        ReadOnlyMemory<byte> proof,
        VerifyingKey key,
        CancellationToken cancellationToken) =>
        RunAsync(
            () =>
            {
                SealProofs.TryVerify(config, inputs, proof.Span, new Groth16Verifier(key), out var reason);
                return reason;
            },
            cancellationToken);

    private Commit2Result Commit2(
        Commit2Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken)
    {
        var request = new Commit2Request
        {
            Config = task.Sector.Config,
            ProverId = task.Sector.ProverId,
            Sector = task.Sector.Number,
            Ticket = task.Ticket,
            Seed = task.Seed,
            CommD = task.CommD,
            CommR = task.CommR,
        };
        using var file = new FileStream(task.Commit1OutputPath, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Commit2Phase.Run(request, file, task.Parameters, task.Policy, options, progress, cancellationToken);
    }
}
