using Federation.Proofs.Curve;
using Federation.Proofs.Fields;
using Federation.Proofs.Groth16;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>verify</c>: one Groth16 proof of a one-partition seal, read from its bytes and verified by a kept key, on one
/// core.
/// </summary>
internal sealed class ProofVerification : IFigure
{
    private const int Inputs = 39, FullSizeInputs = 3, Seed = 1603, Proofs = 4;
    private const double MostCycles = 12e6;

    private Groth16Verifier? _verifier;
    private byte[] _proof = [];
    private Fr[] _inputs = [];

    public string Name => "verify";

    public FigureUnit Unit => FigureUnit.Nanoseconds;

    public string Operation => "proof";

    public int Cores => 1;

    public FigureGoal Goal => new(GoalMeasure.Cycles, MostCycles);

    /// <summary>
    /// A key whose secrets are known, so that a proof is made without a circuit: A and B at will, and the C that
    /// fulfils the equation. It costs as much to verify as any.
    /// </summary>
    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        var random = new Random(Seed);
        Fr alpha = Next(random), beta = Next(random), gamma = Next(random), delta = Next(random);
        Fr[] points = [.. Enumerable.Range(0, Inputs + 1).Select(_ => Next(random))];
        _inputs = [.. Enumerable.Range(0, Inputs).Select(
            i => i < FullSizeInputs ? Next(random) : Fr.FromUInt64((ulong)random.Next(64)))];
        Fr a = Next(random), b = Next(random);
        var combined = points[0];
        for (var i = 0; i < Inputs; i++)
        {
            combined += _inputs[i] * points[i + 1];
        }

        var c = ((a * b) - (alpha * beta) - (combined * gamma)) * delta.Inverse();
        _verifier = new Groth16Verifier(new VerifyingKey(
            InG1(alpha), InG1(beta), InG2(beta), InG2(gamma), InG1(delta), InG2(delta), [.. points.Select(InG1)]));
        _proof = Groth16Proof.ToBytes(new Groth16Proof(InG1(a), InG2(b), InG1(c)));
        RequireBoth();
    }

    public double Run(CancellationToken cancellationToken)
    {
        for (var i = 0; i < Proofs; i++)
        {
            if (!Groth16Proof.TryRead(_proof, out var proof, out _) || !_verifier!.Verify(proof, _inputs))
            {
                throw new InvalidOperationException("a proof that holds was refused");
            }
        }

        return Proofs;
    }

    public void Dispose()
    {
    }

    private void RequireBoth()
    {
        Run(CancellationToken.None);
        Groth16Proof.TryRead(_proof, out var proof, out _);
        if (_verifier!.Verify(proof with { C = -proof.C }, _inputs))
        {
            throw new InvalidOperationException("a proof that does not hold was accepted");
        }
    }

    private static Fr Next(Random random)
    {
        var bytes = new byte[Fr.SizeBytes];
        random.NextBytes(bytes);
        bytes[^1] &= 0x3f;
        return Fr.FromBytes(bytes);
    }

    private static G1Affine InG1(Fr scalar) => G1Point.Generator.MultiplyVarTime(scalar).ToAffine();

    private static G2Affine InG2(Fr scalar) => G2Point.Generator.MultiplyVarTime(scalar).ToAffine();
}
