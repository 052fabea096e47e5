using System.Security.Cryptography;
using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;
using Federation.Proofs.Groth16;
using Federation.Proofs.Groth16.Generation;
using Federation.Proofs.Groth16.Parameters;
using Federation.Proofs.Tests.Groth16.Generation;

namespace Federation.Proofs.Tests.Groth16;

public sealed class Groth16ProverTests : IDisposable
{
    private static readonly Fr X = Fr.FromUInt64(3);

    private static readonly Lazy<byte[]> Generated = new(Generate);

    private readonly TempFolder _folder = new();
    private readonly string _path;

    public Groth16ProverTests()
    {
        _path = _folder["cubic.params"];
        File.WriteAllBytes(_path, Generated.Value);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Prove_TrueWitness_VerifiesForItsInputsOnly(int threads)
    {
        using var parameters = MappedParameters.Open(_path);
        var verifier = new Groth16Verifier(parameters.Key);

        var proof = Groth16Prover.Prove(parameters, Witness(X), threads, default);

        Assert.True(verifier.Verify(proof, [CubicCircuit.Result(X)]));
        Assert.False(verifier.Verify(proof, [CubicCircuit.Result(X) + Fr.One]));
    }

    [Fact]
    public void Prove_Twice_IsHiddenByOtherRandomness()
    {
        using var parameters = MappedParameters.Open(_path);
        var verifier = new Groth16Verifier(parameters.Key);

        var first = Groth16Prover.Prove(parameters, Witness(X), 1, default);
        var second = Groth16Prover.Prove(parameters, Witness(X), 1, default);

        Assert.NotEqual(first.A, second.A);
        Assert.NotEqual(first.B, second.B);
        Assert.NotEqual(first.C, second.C);
        Assert.True(verifier.VerifyAll([first, second], [[CubicCircuit.Result(X)], [CubicCircuit.Result(X)]]));
    }

    [Fact]
    public void Prove_GivenRandomness_IsAlwaysTheSame()
    {
        using var parameters = MappedParameters.Open(_path);
        Groth16Proof Prove(int threads) => Groth16Prover.Prove(
            parameters, Witness(X), Fr.FromUInt64(11), Fr.FromUInt64(12), threads, progress: null, default);

        Assert.Equal(Prove(1), Prove(4));
    }

    [Fact]
    public void Prove_Progress_RisesAfterEachStep()
    {
        using var parameters = MappedParameters.Open(_path);
        var told = new List<double>();

        Groth16Prover.Prove(parameters, Witness(X), 1, told.Add, default);

        Assert.Equal(5, told.Distinct().Count());
        Assert.Equal(told.Order(), told);
        Assert.All(told, part => Assert.InRange(part, 0.01, 0.99));
    }

    [Fact]
    public void Prove_FalseWitness_GivesNoProof()
    {
        using var parameters = MappedParameters.Open(_path);
        var witness = Witness(X);
        witness.B[0] += Fr.One;

        Assert.Throws<UnprovableException>(() => Groth16Prover.Prove(parameters, witness, 1, default));
    }

    /// <summary>Good points in the wrong places, and no digest beside the file.</summary>
    [Fact]
    public void Prove_KeyOfAnotherSetup_IsRefused()
    {
        var bytes = File.ReadAllBytes(_path);
        using (var parameters = MappedParameters.Open(_path))
        {
            var points = bytes.AsSpan((int)parameters.Layout.L.Offset, 2 * 96);
            byte[] first = [.. points[..96]];
            points[96..].CopyTo(points);
            first.CopyTo(points[96..]);
        }

        File.WriteAllBytes(_path, bytes);
        using var altered = MappedParameters.Open(_path);

        var error = Assert.Throws<ParameterFileException>(
            () => Groth16Prover.Prove(altered, Witness(X), 1, default));
        Assert.Contains("its points are not those of its verifying key", error.Reason);
    }

    /// <summary>Good points in the wrong places: only the digest beside the file tells.</summary>
    [Fact]
    public void Prove_TwoPointsExchanged_IsRefusedByTheRecordedDigest()
    {
        var bytes = File.ReadAllBytes(_path);
        using (var parameters = MappedParameters.Open(_path))
        {
            var points = bytes.AsSpan((int)parameters.Layout.H.Offset, 2 * 96);
            byte[] first = [.. points[..96]];
            points[96..].CopyTo(points);
            first.CopyTo(points[96..]);
        }

        DigestFile.Write(_path, Convert.ToHexStringLower(SHA256.HashData(Generated.Value)));
        File.WriteAllBytes(_path, bytes);
        using var altered = MappedParameters.Open(_path);

        var error = Assert.Throws<ParameterFileException>(
            () => Groth16Prover.Prove(altered, Witness(X), 1, default));
        Assert.Contains("was recorded when it was made", error.Reason);
    }

    /// <summary>One bit of a point that the witness uses: the point is off the curve.</summary>
    [Theory]
    [InlineData("h")]
    [InlineData("l")]
    [InlineData("a")]
    [InlineData("b_g1")]
    [InlineData("b_g2")]
    public void Prove_OneBitOfASectionFlipped_IsRefusedByTheSectionsName(string section)
    {
        long offset;
        using (var parameters = MappedParameters.Open(_path))
        {
            var layout = parameters.Layout;
            offset = section switch
            {
                "h" => layout.H,
                "l" => layout.L,
                "a" => layout.A,
                "b_g1" => layout.BInG1,
                _ => layout.BInG2,
            }
            is var found ? found.Offset + 40 : 0;
        }

        var bytes = File.ReadAllBytes(_path);
        bytes[offset] ^= 1;
        File.WriteAllBytes(_path, bytes);
        using var altered = MappedParameters.Open(_path);

        var error = Assert.Throws<ParameterFileException>(
            () => Groth16Prover.Prove(altered, Witness(X), 1, default));
        Assert.StartsWith($"point 0 of its section {section} is damaged: The bytes are not a point", error.Reason);
        Assert.Equal(_path, error.Path);
    }

    [Fact]
    public void Prove_ParametersOfAnotherCircuit_SaysWhichSectionDiffers()
    {
        using var parameters = MappedParameters.Open(_path);
        var other = WitnessSystem.Evaluate(new OneMoreRow(X));

        var error = Assert.Throws<ParameterFileException>(
            () => Groth16Prover.Prove(parameters, other, 1, default));

        Assert.Equal("its section l has 44 points where the circuit needs 45", error.Reason);
    }

    [Fact]
    public void Prove_Cancelled_Ends()
    {
        using var parameters = MappedParameters.Open(_path);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(
            () => Groth16Prover.Prove(parameters, Witness(X), 1, cancelled.Token));
    }

    [Fact]
    public void Compute_Quotient_FulfilsItsEquation()
    {
        var witness = Witness(X);
        Fr[] a = [.. witness.A], b = [.. witness.B], c = [.. witness.C];
        var domain = Proofs.Fft.FftDomain.AtLeast(a.Length);
        var point = Fr.FromUInt64(123456789);

        var quotient = QuotientPolynomial.Compute(witness, 2, default);

        Assert.Equal(Fr.Zero, quotient[^1]);
        Assert.Equal(
            (At(domain, a, point) * At(domain, b, point)) - At(domain, c, point),
            Horner(quotient, point) * LagrangeValues.VanishingAt(domain, point));
    }

    private static byte[] Generate()
    {
        using var folder = new TempFolder();
        using var secrets = KnownSecrets.Of("cubic");
        var rows = new CubicCircuit(null);
        var made = ParameterGenerator.Generate(
            folder["cubic.params"], folder["cubic.vk"], rows, CountingSystem.Count(rows), secrets, 1, null, default);
        return File.ReadAllBytes(made.Parameters);
    }

    private static CircuitWitness Witness(Fr x) => WitnessSystem.Evaluate(new CubicCircuit(x));

    private static Fr At(Proofs.Fft.FftDomain domain, Fr[] values, Fr point)
    {
        var lagrange = LagrangeValues.At(domain, point, 1, default);
        return Fr.InnerProduct(lagrange, values);
    }

    private static Fr Horner(Fr[] coefficients, Fr point)
    {
        var sum = Fr.Zero;
        for (var i = coefficients.Length - 1; i >= 0; i--)
        {
            sum = (sum * point) + coefficients[i];
        }

        return sum;
    }

    private sealed class OneMoreRow(Fr x) : ICircuit
    {
        public void Synthesize(ConstraintSystem system)
        {
            new CubicCircuit(x).Synthesize(system);
            system.A.Add(system.Allocate(Fr.Zero));
            system.Enforce();
        }
    }
}
