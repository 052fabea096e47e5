using System.Buffers.Binary;
using Federation.Proofs.Curve;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Proofs.Groth16;

/// <summary>
/// What a verifier knows of a circuit: fixed points, and one for each public input, the constant one's first. No point
/// is infinity. Immutable.
/// </summary>
/// <param name="AlphaInG1">Alpha times the generator of G1.</param>
/// <param name="BetaInG1">Beta in G1; the prover's.</param>
/// <param name="BetaInG2">Beta in G2.</param>
/// <param name="GammaInG2">Gamma in G2.</param>
/// <param name="DeltaInG1">Delta in G1; the prover's.</param>
/// <param name="DeltaInG2">Delta in G2.</param>
/// <param name="Inputs">One more than there are public inputs.</param>
public sealed record VerifyingKey(
    G1Affine AlphaInG1,
    G1Affine BetaInG1,
    G2Affine BetaInG2,
    G2Affine GammaInG2,
    G1Affine DeltaInG1,
    G2Affine DeltaInG2,
    IReadOnlyList<G1Affine> Inputs)
{
    /// <summary>Number of public inputs, without the constant one.</summary>
    public int PublicInputs => Inputs.Count - 1;

    /// <summary>Bytes of the encoding, which is described at <see cref="ParameterLayout"/>.</summary>
    public int EncodedBytes => ParameterLayout.FixedKeySize + (Inputs.Count * ParameterLayout.G1Size);

    /// <summary>Reads a key from the whole of its bytes.</summary>
    /// <exception cref="FormatException">
    /// The length is not the one that the bytes tell, or a point is bad; the message names the point.
    /// </exception>
    public static VerifyingKey FromBytes(ReadOnlySpan<byte> bytes, PointChecks checks = PointChecks.Group)
    {
        var reader = new PointReader(bytes, checks);
        var alphaInG1 = reader.G1("alpha");
        var betaInG1 = reader.G1("beta");
        var betaInG2 = reader.G2("beta");
        var gammaInG2 = reader.G2("gamma");
        var deltaInG1 = reader.G1("delta");
        var deltaInG2 = reader.G2("delta");
        var inputs = new G1Affine[reader.Count("ic", ParameterLayout.G1Size)];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = reader.G1("ic", i);
        }

        reader.End();
        return new VerifyingKey(alphaInG1, betaInG1, betaInG2, gammaInG2, deltaInG1, deltaInG2, inputs);
    }

    /// <summary>The encoding in a new array.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[EncodedBytes];
        var rest = bytes.AsSpan();
        Write(AlphaInG1, ref rest);
        Write(BetaInG1, ref rest);
        Write(BetaInG2, ref rest);
        Write(GammaInG2, ref rest);
        Write(DeltaInG1, ref rest);
        Write(DeltaInG2, ref rest);
        BinaryPrimitives.WriteInt32BigEndian(rest, Inputs.Count);
        rest = rest[sizeof(uint)..];
        foreach (var input in Inputs)
        {
            Write(input, ref rest);
        }

        return bytes;
    }

    private static void Write(in G1Affine point, ref Span<byte> bytes)
    {
        point.WriteUncompressed(bytes[..ParameterLayout.G1Size]);
        bytes = bytes[ParameterLayout.G1Size..];
    }

    private static void Write(in G2Affine point, ref Span<byte> bytes)
    {
        point.WriteUncompressed(bytes[..ParameterLayout.G2Size]);
        bytes = bytes[ParameterLayout.G2Size..];
    }
}
