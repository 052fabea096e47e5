using Federation.Proofs.Constraints;
using Federation.Proofs.Curve;
using Federation.Proofs.Fft;
using Federation.Proofs.Fields;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Proofs.Groth16.Generation;

/// <summary>
/// Makes parameters for tests: whoever runs it could know their secrets, so a chain of value never takes them. Secrets
/// come from the system's randomness and are wiped; the bases are the generators of G1 and G2. The circuit's rows are
/// streamed; memory is 32 bytes for each row and 96 for each variable.
/// </summary>
public static class ParameterGenerator
{
    /// <summary>Points of G2 cost about as much as so many of G1.</summary>
    private const int G2Weight = 3;

    /// <summary>Writes a circuit's <c>.params</c> and <c>.vk</c> and their digests; never overwrites a file.</summary>
    /// <param name="circuit">Names the files.</param>
    /// <param name="rows">The circuit; needs no witness.</param>
    /// <param name="directory">Folder, which is made when missing.</param>
    /// <param name="threads">Threads to compute with.</param>
    /// <param name="progress">Takes the part that is done.</param>
    /// <param name="cancellationToken">Ends it; what was written is removed.</param>
    /// <exception cref="IOException">One of the files exists, or cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static GeneratedParameters Generate(
        CircuitId circuit,
        ICircuit rows,
        string directory,
        int threads,
        Action<double>? progress,
        CancellationToken cancellationToken)
    {
        using var secrets = ToxicWaste.Draw();
        return Generate(circuit, rows, directory, secrets, threads, progress, cancellationToken);
    }

    internal static GeneratedParameters Generate(
        CircuitId circuit,
        ICircuit rows,
        string directory,
        ToxicWaste secrets,
        int threads,
        Action<double>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        var size = CountingSystem.Count(rows);
        if (size.Inputs != circuit.PublicInputs + 1)
        {
            throw new ArgumentException(
                $"{circuit} has {circuit.PublicInputs} public inputs, the circuit given {size.Inputs - 1}");
        }

        Directory.CreateDirectory(directory);
        return Generate(
            Path.Combine(directory, circuit.ParametersName),
            Path.Combine(directory, circuit.VerifyingKeyName),
            rows,
            size,
            secrets,
            threads,
            progress,
            cancellationToken);
    }

    /// <summary>The same under names that no circuit of Filecoin's has.</summary>
    internal static GeneratedParameters Generate(
        string parametersPath,
        string keyPath,
        ICircuit rows,
        CircuitSize size,
        ToxicWaste secrets,
        int threads,
        Action<double>? progress,
        CancellationToken cancellationToken)
    {
        using var parameters = new NewFile(parametersPath);
        using var key = new NewFile(keyPath);
        var domain = FftDomain.AtLeast(size.Constraints);
        using var values = new QueryValues(
            LagrangeValues.At(domain, secrets.Tau, threads, cancellationToken), size);
        Evaluate(rows, values, secrets, threads, cancellationToken);
        var keyBytes = Key(values.C.AsSpan(0, size.Inputs), secrets).ToBytes();
        key.Write(keyBytes);
        parameters.Write(keyBytes);
        WriteSections(parameters, values, size, domain, secrets, threads, progress, cancellationToken);

        var made = new GeneratedParameters(parametersPath, parameters.Record(), keyPath, key.Record());

        // What may want for room is done. The long file last: where it is, all is.
        key.Keep();
        parameters.Keep();
        return made;
    }

    private static void Evaluate(
        ICircuit rows, QueryValues values, ToxicWaste secrets, int threads, CancellationToken cancellationToken)
    {
        RowSystem.Stream(rows, values, cancellationToken);
        values.Combine(secrets, threads, cancellationToken);
        if (values.C.AsSpan().Contains(Fr.Zero))
        {
            throw new InvalidOperationException("the circuit has a variable that no row constrains");
        }
    }

    private static VerifyingKey Key(ReadOnlySpan<Fr> inputs, ToxicWaste secrets)
    {
        var points = new G1Affine[inputs.Length];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = InG1(inputs[i]);
        }

        return new VerifyingKey(
            InG1(secrets.Alpha),
            InG1(secrets.Beta),
            InG2(secrets.Beta),
            InG2(secrets.Gamma),
            InG1(secrets.Delta),
            InG2(secrets.Delta),
            points);
    }

    private static void WriteSections(
        NewFile file,
        QueryValues values,
        CircuitSize size,
        FftDomain domain,
        ToxicWaste secrets,
        int threads,
        Action<double>? progress,
        CancellationToken cancellationToken)
    {
        int a = MoveNonZero(values.A), b = MoveNonZero(values.B);
        var all = domain.Size - 1L + size.Aux + a + ((1L + G2Weight) * b);
        long done = 0;
        void Written(int points, int weight) => progress?.Invoke((double)(done += (long)points * weight) / all);

        var counts = new[] { domain.Size - 1, size.Aux, a, b };
        using var inG1 = new G1Multiples(counts.Sum(count => (long)count));
        using var inG2 = new G2Multiples(b);
        using var powers = new PowersOfTau(domain, secrets);
        var sources = new[]
        {
            powers.Fill, From(values.C.AsMemory(size.Inputs)), From(values.A), From(values.B),
        };
        foreach (var (count, source) in counts.Zip(sources))
        {
            PointSection.Write(
                file, inG1, count, source, threads, points => Written(points, 1), cancellationToken);
        }

        PointSection.Write(
            file, inG2, b, From(values.B), threads, points => Written(points, G2Weight), cancellationToken);
    }

    private static ScalarSource From(ReadOnlyMemory<Fr> values) =>
        (first, scalars) => values.Span.Slice((int)first, scalars.Length).CopyTo(scalars);

    /// <summary>Moves the elements other than zero to the front, in their order, and counts them.</summary>
    private static int MoveNonZero(Span<Fr> values)
    {
        var count = 0;
        foreach (ref readonly var value in values)
        {
            if (!value.IsZero)
            {
                values[count++] = value;
            }
        }

        return count;
    }

    private static G1Affine InG1(in Fr scalar) => G1Point.Generator.MultiplyVarTime(scalar).ToAffine();

    private static G2Affine InG2(in Fr scalar) => G2Point.Generator.MultiplyVarTime(scalar).ToAffine();
}
