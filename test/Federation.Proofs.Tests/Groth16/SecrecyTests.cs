using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Federation.Proofs.Constraints;
using Federation.Proofs.Fft;
using Federation.Proofs.Fields;
using Federation.Proofs.Groth16;
using Federation.Proofs.Groth16.Generation;
using Federation.Proofs.Groth16.Parameters;
using Federation.Proofs.Tests.Groth16.Generation;

namespace Federation.Proofs.Tests.Groth16;

/// <summary>
/// Toxic waste and a prover's randomness stay where they are drawn: in no file, no message, no number that is shown.
/// </summary>
public sealed class SecrecyTests : IDisposable
{
    private static readonly Fr X = Fr.FromUInt64(3);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Generate_KnownSecrets_AreInNoFileAndNoMessage()
    {
        using var secrets = KnownSecrets.Of("cubic");
        var traces = TracesOf(All(secrets));
        var seen = new List<double>();

        var made = Generate(secrets, seen.Add);
        var again = Assert.Throws<IOException>(() => Generate(secrets));

        var files = Directory.GetFiles(_folder.Path);
        Assert.Equal(4, files.Length);
        Assert.All(files, path => AssertClean(File.ReadAllBytes(path), traces, path));
        AssertClean(Text(made, again, secrets, string.Join(' ', seen)), traces, "messages");
    }

    /// <summary>The search itself finds what is there, in each of its forms.</summary>
    [Fact]
    public void Traces_OfAValue_AreFoundInEveryForm()
    {
        var value = Fr.FromBytes(SHA256.HashData("trace"u8)[..31].Append((byte)1).ToArray());
        var bytes = value.ToBytes();
        var traces = TracesOf([value]);
        byte[][] forms =
        [
            bytes,
            [.. bytes.Reverse()],
            MemoryMarshal.AsBytes(new ReadOnlySpan<Fr>(in value)).ToArray(),
            System.Text.Encoding.ASCII.GetBytes(value.ToString()),
            System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)),
        ];

        Assert.All(forms, form => Assert.Contains(traces, trace => ((byte[])[7, .. form, 9]).AsSpan().IndexOf(trace) >= 0));
        Assert.DoesNotContain(traces, trace => SHA256.HashData(bytes).AsSpan().IndexOf(trace) >= 0);
    }

    [Fact]
    public void Prove_KnownRandomness_IsInNoProofAndNoMessage()
    {
        using var secrets = KnownSecrets.Of("cubic");
        Generate(secrets);
        using var random = KnownSecrets.Of("randomness");
        var (r, s) = (random.Alpha, random.Beta);
        var traces = TracesOf([r, s, r * s]);
        using (var parameters = MappedParameters.Open(_folder["c.params"]))
        {
            var proof = Groth16Prover.Prove(parameters, Witness(), r, s, 1, progress: null, default);
            AssertClean(Groth16Proof.ToBytes(proof), traces, "proof");
            AssertClean(Text(proof), traces, "proof's text");
        }

        Damage();
        using var damaged = MappedParameters.Open(_folder["c.params"]);
        var error = Assert.Throws<ParameterFileException>(
            () => Groth16Prover.Prove(damaged, Witness(), r, s, 1, progress: null, default));
        AssertClean(Text(error), traces, "refusal");
    }

    [Fact]
    public void Dispose_OfWhatSecretsAreIn_WipesIt()
    {
        var secrets = ToxicWaste.Draw();
        var size = CountingSystem.Count(new CubicCircuit(null));
        var domain = FftDomain.AtLeast(size.Constraints);
        var lagrange = LagrangeValues.At(domain, secrets.Tau, 1, default);
        var values = new QueryValues(lagrange, size);
        RowSystem.Stream(new CubicCircuit(null), values);
        values.Combine(secrets, 1, default);
        var powers = new PowersOfTau(domain, secrets);
        var drawn = SecretScalars.Draw(2);
        Assert.DoesNotContain(Fr.Zero, (Fr[])[drawn[0], drawn[1]]);
        var filled = new Fr[4];
        powers.Fill(3, filled);
        Assert.DoesNotContain(Fr.Zero, filled);
        Assert.DoesNotContain(Fr.Zero, values.C);

        secrets.Dispose();
        values.Dispose();
        powers.Dispose();
        drawn.Dispose();

        powers.Fill(3, filled);
        Assert.All([.. All(secrets), drawn[0], drawn[1], .. lagrange, .. values.A, .. values.B, .. values.C, .. filled], one =>
            Assert.Equal(Fr.Zero, one));
    }

    /// <summary>What cannot reach a log or a terminal writes nothing there.</summary>
    [Fact]
    public void Library_OfProofs_HasNoLogAndNoTerminal()
    {
        var references = typeof(Groth16Prover).Assembly.GetReferencedAssemblies().Select(name => name.Name!).ToList();

        Assert.NotEmpty(references);
        Assert.DoesNotContain(references, name => name.Contains("Logging", StringComparison.Ordinal)
            || name is "System.Console" or "System.Diagnostics.TraceSource" or "System.Diagnostics.DiagnosticSource");
    }

    private static CircuitWitness Witness() => WitnessSystem.Evaluate(new CubicCircuit(X));

    private static Fr[] All(ToxicWaste secrets) =>
        [secrets.Alpha, secrets.Beta, secrets.Gamma, secrets.Delta, secrets.Tau];

    private static byte[] Text(params object[] values) =>
        System.Text.Encoding.UTF8.GetBytes(string.Join('\n', values));

    /// <summary>Half of each form is enough to know a value by.</summary>
    private static byte[][] TracesOf(Fr[] values)
    {
        return [.. values.SelectMany(Forms).Select(form => form[..(form.Length / 2)])];

        static IEnumerable<byte[]> Forms(Fr value)
        {
            var bytes = value.ToBytes();
            byte[] reversed = [.. bytes.Reverse()];
            var inMemory = MemoryMarshal.AsBytes(new ReadOnlySpan<Fr>(in value)).ToArray();
            foreach (var one in new[] { bytes, reversed, inMemory })
            {
                yield return one;
                yield return System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(one));
                yield return System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(one));
            }
        }
    }

    private static void AssertClean(byte[] bytes, byte[][] traces, string where) =>
        Assert.All(traces, trace => Assert.True(bytes.AsSpan().IndexOf(trace) < 0, where));

    private void Damage()
    {
        var bytes = File.ReadAllBytes(_folder["c.params"]);
        using (var parameters = MappedParameters.Open(_folder["c.params"]))
        {
            bytes.AsSpan((int)parameters.Layout.A.Offset, 48).Fill(0x1f);
        }

        File.WriteAllBytes(_folder["c.params"], bytes);
    }

    private GeneratedParameters Generate(ToxicWaste secrets, Action<double>? progress = null)
    {
        var rows = new CubicCircuit(null);
        return ParameterGenerator.Generate(
            _folder["c.params"], _folder["c.vk"], rows, CountingSystem.Count(rows), secrets, 2, progress, default);
    }
}
