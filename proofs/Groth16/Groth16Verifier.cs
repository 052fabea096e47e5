using Federation.Proofs.Curve;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Groth16;

/// <summary>
/// Verifies the proofs of one circuit (Groth: On the size of pairing-based non-interactive arguments, 2016): a proof
/// holds when e(A, B) = e(alpha, beta) · e(inputs, gamma) · e(C, delta). Thread-safe; to be kept for many proofs, for
/// what depends on the key alone is made once.
/// </summary>
public sealed class Groth16Verifier
{
    private readonly G2Prepared _beta, _gamma, _delta;
    private readonly InputCombination _inputs;
    private readonly Fp12 _alphaBeta;

    /// <summary>Prepares a key.</summary>
    public Groth16Verifier(VerifyingKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Key = key;
        _inputs = new InputCombination(key.Inputs);
        _beta = new G2Prepared(key.BetaInG2);
        _gamma = new G2Prepared(key.GammaInG2);
        _delta = new G2Prepared(key.DeltaInG2);
        _alphaBeta = Pairing.Product([key.AlphaInG1], [_beta]);
    }

    /// <summary>The key.</summary>
    public VerifyingKey Key { get; }

    /// <summary>True when the proof holds for these public inputs.</summary>
    /// <param name="proof">A proof whose points are in their groups, as reading one makes sure.</param>
    /// <param name="inputs">Public inputs, without the constant one.</param>
    /// <exception cref="ArgumentException">The circuit has another number of inputs.</exception>
    public bool Verify(in Groth16Proof proof, ReadOnlySpan<Fr> inputs)
    {
        RequireInputs(inputs.Length);
        var combined = _inputs.Sum([Fr.One, .. inputs]).ToAffine();
        return Pairing.Product(
            [proof.A, -combined, -proof.C], [new G2Prepared(proof.B), _gamma, _delta]) == _alphaBeta;
    }

    /// <summary>
    /// True when all proofs hold, each for its inputs: each equation is taken to the power of a random number of 128
    /// bits, and their product is tested by one final exponentiation. A false proof passes with probability 2^-128.
    /// </summary>
    /// <param name="proofs">At least one proof.</param>
    /// <param name="inputs">Public inputs of each, without the constant one.</param>
    /// <exception cref="ArgumentException">
    /// There is no proof, another number of input lists, or one of another length than the circuit's.
    /// </exception>
    public bool VerifyAll(ReadOnlySpan<Groth16Proof> proofs, IReadOnlyList<Fr[]> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (proofs.IsEmpty || inputs.Count != proofs.Length)
        {
            throw new ArgumentException(
                $"{proofs.Length} proofs cannot be verified with {inputs.Count} lists of inputs");
        }

        foreach (var list in inputs)
        {
            RequireInputs(list.Length);
        }

        return proofs.Length == 1 ? Verify(proofs[0], inputs[0]) : VerifyWeighted(proofs, inputs);
    }

    private bool VerifyWeighted(ReadOnlySpan<Groth16Proof> proofs, IReadOnlyList<Fr[]> inputs)
    {
        var first = new G1Affine[proofs.Length + 3];
        var second = new G2Prepared[first.Length];
        var scalars = new Fr[Key.Inputs.Count];
        var sumOfC = G1Point.Infinity;
        for (var i = 0; i < proofs.Length; i++)
        {
            var weight = SystemScalars.NextWeight();
            first[i] = G1Point.FromAffine(proofs[i].A).MultiplyVarTime(weight).ToAffine();
            second[i] = new G2Prepared(proofs[i].B);
            sumOfC += G1Point.FromAffine(proofs[i].C).MultiplyVarTime(weight);
            AddWeighted(inputs[i], weight, scalars);
        }

        // The sum of the weights stands with the constant one, and with alpha and beta.
        first[^3] = -_inputs.Sum(scalars).ToAffine();
        first[^2] = -sumOfC.ToAffine();
        first[^1] = -G1Point.FromAffine(Key.AlphaInG1).MultiplyVarTime(scalars[0]).ToAffine();
        (second[^3], second[^2], second[^1]) = (_gamma, _delta, _beta);
        return Pairing.Product(first, second).IsOne;
    }

    private static void AddWeighted(ReadOnlySpan<Fr> inputs, in Fr weight, Span<Fr> scalars)
    {
        scalars[0] += weight;
        for (var i = 0; i < inputs.Length; i++)
        {
            scalars[i + 1] += weight * inputs[i];
        }
    }

    private void RequireInputs(int count)
    {
        if (count != Key.PublicInputs)
        {
            throw new ArgumentException($"the circuit has {Key.PublicInputs} public inputs, not {count}");
        }
    }
}
