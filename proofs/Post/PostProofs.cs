using System.Diagnostics.CodeAnalysis;
using Federation.Proofs.Circuits.Post;
using Federation.Proofs.Constraints;
using Federation.Proofs.Groth16;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Proofs.Post;

/// <summary>Proofs of spacetime as the chain takes them: one of 192 bytes for each partition, concatenated.</summary>
public static class PostProofs
{
    // Of a partition's work; the rest is sums and transforms.
    private const double WitnessPart = 0.2;

    /// <summary>The circuit whose parameters these proofs are made with.</summary>
    public static CircuitId CircuitOf(PostConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new CircuitId(
            config.Kind == PostKind.Winning ? CircuitKind.WinningPost : CircuitKind.WindowPost, config.Shape);
    }

    /// <summary>
    /// Proves every partition; each proof is verified. Memory is what one partition's witness has: 96 bytes for each
    /// row of the domain and 32 for each variable.
    /// </summary>
    /// <param name="statement">What is proved.</param>
    /// <param name="vanilla">Vanilla proofs of all its sectors, in its order.</param>
    /// <param name="parameters">Parameters of the statement's circuit.</param>
    /// <param name="options">Threads.</param>
    /// <param name="progress">Told the part that is done.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The proofs, one behind the other.</returns>
    /// <exception cref="ArgumentException">There are more or fewer vanilla proofs than sectors.</exception>
    /// <exception cref="InvalidDataException">The vanilla proofs are of another statement.</exception>
    /// <exception cref="UnprovableException">A vanilla proof is false.</exception>
    /// <exception cref="ParameterFileException">The parameters are of another circuit, or damaged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static byte[] Prove(
        PostStatement statement,
        IReadOnlyList<PostVanillaProof> vanilla,
        MappedParameters parameters,
        SealOptions options,
        IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(options);
        var size = CountingSystem.Count(new PostCircuit(statement.Config));
        var proofs = new Groth16Proof[statement.Partitions];
        for (var i = 0; i < proofs.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var stage = $"proof {i + 1}/{proofs.Length}";
            var witness = Evaluate(statement, vanilla, i, size, options.Threads, cancellationToken);
            progress?.Report(new PhaseProgress(stage, (i + WitnessPart) / proofs.Length));
            proofs[i] = Groth16Prover.Prove(parameters, witness, options.Threads, cancellationToken);
            progress?.Report(new PhaseProgress(stage, (i + 1.0) / proofs.Length));
        }

        return Groth16Proof.ToBytes(proofs);
    }

    /// <summary>
    /// Verifies the proofs of all partitions from public inputs alone. False, and why, unless all hold.
    /// </summary>
    /// <param name="statement">What they are about.</param>
    /// <param name="proofs">The proofs, one behind the other.</param>
    /// <param name="verifier">Verifier with the key of the statement's circuit.</param>
    /// <param name="reason">Why they are refused.</param>
    /// <exception cref="ArgumentException">The key is of a circuit with another number of inputs.</exception>
    public static bool TryVerify(
        PostStatement statement,
        ReadOnlySpan<byte> proofs,
        Groth16Verifier verifier,
        [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(verifier);
        if (!Groth16Proof.TryReadAll(proofs, statement.Partitions, out var read, out reason))
        {
            return false;
        }

        var inputs = Enumerable.Range(0, read.Length).Select(statement.PublicInputs).ToArray();
        reason = verifier.VerifyAll(read, inputs) ? null
            : read.Length == 1 ? "the proof does not hold for these sectors and this randomness"
            : "not all proofs hold for these sectors and this randomness";
        return reason is null;
    }

    private static CircuitWitness Evaluate(
        PostStatement statement, IReadOnlyList<PostVanillaProof> vanilla, int partition, CircuitSize size, int threads,
        CancellationToken cancellationToken)
    {
        var circuit = new PostCircuit(statement.Config, PostPartitionWitness.Of(statement, vanilla, partition));
        var witness = WitnessSystem.Evaluate(circuit, size, threads, cancellationToken);
        return witness.Inputs.AsSpan(1).SequenceEqual(statement.PublicInputs(partition))
            ? witness
            : throw new InvalidDataException(
                $"the vanilla proofs of partition {partition} are of other sectors or challenges than the statement");
    }
}
