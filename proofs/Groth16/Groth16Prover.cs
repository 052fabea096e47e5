using Federation.Proofs.Constraints;
using Federation.Proofs.Curve;
using Federation.Proofs.Fields;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Proofs.Groth16;

/// <summary>
/// Makes proofs from mapped parameters (Groth 2016, in bellperson's arrangement). The two random numbers of a proof,
/// which hide the witness, come from the system's randomness. Memory is what the witness has, and what sums need.
/// </summary>
public static class Groth16Prover
{
    private const string OfAnotherSetup =
        "what is proved with it does not verify, so its points are not those of its verifying key";

    // Parts of a PoRep's proof, 2 KiB on two cores, that are done after each step.
    private const double QuotientDone = 0.1, HDone = 0.85, LDone = 0.9, ADone = 0.93, BInG1Done = 0.95;

    /// <summary>
    /// Proves that the circuit's rows hold, and verifies the proof before it is given away. The rows are tried first,
    /// which is nothing beside the proof: what does not verify then, the parameters are to blame for. The witness's A,
    /// B and C are spent.
    /// </summary>
    /// <exception cref="ParameterFileException">The parameters are of another circuit, or damaged.</exception>
    /// <exception cref="UnprovableException">The witness does not satisfy the circuit.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Groth16Proof Prove(
        MappedParameters parameters, CircuitWitness witness, int threads, CancellationToken cancellationToken) =>
        Prove(parameters, witness, threads, progress: null, cancellationToken);

    /// <summary>The same, and tells after each of its steps about which part of the work is done.</summary>
    internal static Groth16Proof Prove(
        MappedParameters parameters,
        CircuitWitness witness,
        int threads,
        Action<double>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(witness);
        if (witness.FirstUnsatisfiedRow(threads, cancellationToken) >= 0)
        {
            throw new UnprovableException();
        }

        var proof = Prove(
            parameters,
            witness,
            static () => SecretScalars.Draw(2),
            threads,
            progress,
            cancellationToken);
        return parameters.Verifier.Verify(proof, witness.Inputs.AsSpan(1))
            ? proof
            : throw new ParameterFileException(
                parameters.Path, ParameterDamage.Find(parameters, threads, cancellationToken) ?? OfAnotherSetup);
    }

    /// <summary>
    /// The same with given randomness, for tests, whose proofs have to come out the same; and without verification.
    /// </summary>
    internal static Groth16Proof Prove(
        MappedParameters parameters,
        CircuitWitness witness,
        Fr r,
        Fr s,
        int threads,
        Action<double>? progress,
        CancellationToken cancellationToken) =>
        Prove(parameters, witness, () => new SecretScalars(r, s), threads, progress, cancellationToken);

    // The random numbers are taken last, and live for a few multiplications, not for the minutes of the sums.
    private static Groth16Proof Prove(
        MappedParameters parameters,
        CircuitWitness witness,
        Func<SecretScalars> draw,
        int threads,
        Action<double>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(witness);
        RequireCounts(parameters, witness);
        var sums = new ProverSums(parameters, threads, cancellationToken);
        var quotient = QuotientPolynomial.Compute(witness, threads, cancellationToken);
        progress?.Invoke(QuotientDone);
        var sum = sums.H(quotient);
        progress?.Invoke(HDone);
        sum += sums.L(witness);
        progress?.Invoke(LDone);
        var a = G1Point.FromAffine(parameters.Key.AlphaInG1) + sums.A(witness);
        progress?.Invoke(ADone);
        var b = G1Point.FromAffine(parameters.Key.BetaInG1) + sums.BInG1(witness);
        progress?.Invoke(BInG1Done);
        var second = G2Point.FromAffine(parameters.Key.BetaInG2) + sums.BInG2(witness);
        using var randomness = draw();
        return Combine(parameters.Key, a, b, second, sum, randomness[0], randomness[1]);
    }

    private static Groth16Proof Combine(
        VerifyingKey key, G1Point a, G1Point b, G2Point second, G1Point sum, in Fr r, in Fr s)
    {
        var delta = G1Point.FromAffine(key.DeltaInG1);
        var third = sum + a.MultiplyVarTime(s) + b.MultiplyVarTime(r) + delta.MultiplyVarTime(r * s);
        return new Groth16Proof(
            (a + delta.MultiplyVarTime(r)).ToAffine(),
            (second + G2Point.FromAffine(key.DeltaInG2).MultiplyVarTime(s)).ToAffine(),
            third.ToAffine());
    }

    private static void RequireCounts(MappedParameters parameters, CircuitWitness witness)
    {
        var (layout, size) = (parameters.Layout, witness.Size);
        var dense = witness.BInputs.Count + witness.BAux.Count;
        Require("ic", layout.Inputs, size.Inputs);
        Require("h", layout.H, size.DomainLength - 1);
        Require("l", layout.L, size.Aux);
        Require("a", layout.A, size.Inputs + witness.AAux.Count);
        Require("b_g1", layout.BInG1, dense);
        Require("b_g2", layout.BInG2, dense);

        void Require(string name, ParameterSection section, int needed)
        {
            if (section.Count != needed)
            {
                throw new ParameterFileException(
                    parameters.Path, $"its section {name} has {section.Count} points where the circuit needs {needed}");
            }
        }
    }
}
