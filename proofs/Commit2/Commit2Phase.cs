using System.Diagnostics;
using Federation.Proofs.Circuits;
using Federation.Proofs.Constraints;
using Federation.Proofs.Groth16;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Proofs.Commit2;

/// <summary>
/// Commit2: turns a Commit1 output into the proof that the chain takes. Nothing but the request is believed: replica
/// id and challenges are computed anew, the vanilla proofs are verified, and the proof is verified from public inputs
/// before it is given away. Partitions are proved in turn, so that memory is one partition's witness.
/// </summary>
public static class Commit2Phase
{
    private const string Stage = "proofs";

    // Of a partition's work; the rest is sums and transforms.
    private const double WitnessPart = 0.1;

    /// <summary>Makes the proof of a sector.</summary>
    /// <param name="request">The sector.</param>
    /// <param name="commit1Output">The Commit1 output in either form, read to its end; not closed.</param>
    /// <param name="cache">Where the circuit's parameters are.</param>
    /// <param name="policy">Which parameters may be used.</param>
    /// <param name="options">Threads; memory depends on the circuit alone.</param>
    /// <param name="progress">Told the part that is done.</param>
    /// <param name="cancellationToken">Ends the phase within a second.</param>
    /// <exception cref="InvalidDataException">
    /// The Commit1 output is malformed, of another sector, data or seed, or does not hold.
    /// </exception>
    /// <exception cref="NotSupportedException">The sector is Non-interactive.</exception>
    /// <exception cref="MissingParametersException">The circuit's parameters are missing.</exception>
    /// <exception cref="ParameterFileException">They are damaged, or the policy forbids them.</exception>
    /// <exception cref="UnprovableException">The proof does not verify.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Commit2Result Run(
        Commit2Request request,
        Stream commit1Output,
        ParameterCache cache,
        ParameterPolicy policy,
        SealOptions options,
        IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        if (SealProofs.RefusalOf(request.Config) is { } refusal)
        {
            throw new NotSupportedException(refusal);
        }

        var started = Stopwatch.GetTimestamp();
        var output = Commit1Output.Read(request, commit1Output, options.Threads, cancellationToken);
        var check = Stopwatch.GetElapsedTime(started);
        using var parameters = MappedParameters.Open(
            cache, SealProofs.CircuitOf(request.Config), policy, cancellationToken);
        var (proof, witness, prove) = Prove(
            request.Config, output, parameters, options.Threads, progress, cancellationToken);
        started = Stopwatch.GetTimestamp();
        if (!SealProofs.TryVerify(request.Config, output.Inputs, proof, parameters.Verifier, out _))
        {
            throw new UnprovableException();
        }

        var times = new Commit2Times(check, witness, prove, Stopwatch.GetElapsedTime(started));
        return new Commit2Result(output.Inputs, proof, parameters.Origin, parameters.Path, times);
    }

    private static (byte[] Proof, TimeSpan Witness, TimeSpan Prove) Prove(
        SealConfig config,
        Commit1Output output,
        MappedParameters parameters,
        int threads,
        IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken)
    {
        var count = output.Partitions.Count;
        var proofs = new Groth16Proof[count];
        var (witnessTime, proveTime) = (TimeSpan.Zero, TimeSpan.Zero);
        var size = CountingSystem.Count(new StackedDrgCircuit(config.Shape));
        for (var i = 0; i < count; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var circuit = new StackedDrgCircuit(config.Shape, output.Partitions[i]);
            var witness = WitnessSystem.Evaluate(circuit, size, threads, cancellationToken);
            var between = Stopwatch.GetTimestamp();
            var partition = i;
            Report(0);
            proofs[i] = Groth16Prover.Prove(parameters, witness, threads, Report, cancellationToken);
            witnessTime += Stopwatch.GetElapsedTime(started, between);
            proveTime += Stopwatch.GetElapsedTime(between);
            Report(1);

            void Report(double proved) => progress?.Report(
                new PhaseProgress(Stage, (partition + WitnessPart + ((1 - WitnessPart) * proved)) / count));
        }

        return (Groth16Proof.ToBytes(proofs), witnessTime, proveTime);
    }
}
