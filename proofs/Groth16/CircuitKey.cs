using Federation.Proofs.Blake2b;
using Federation.Proofs.Curve;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Proofs.Groth16;

/// <summary>A circuit's verifying key as the parameter cache holds it, which is all that verification needs.</summary>
/// <param name="Circuit">The circuit.</param>
/// <param name="Key">Its key.</param>
/// <param name="Origin">Whose parameters it belongs to.</param>
/// <param name="Path">The file.</param>
public sealed record CircuitKey(CircuitId Circuit, VerifyingKey Key, ParameterOrigin Origin, string Path)
{
    /// <summary>Reads a circuit's <c>.vk</c> file.</summary>
    /// <exception cref="MissingParametersException">There is none.</exception>
    /// <exception cref="ParameterFileException">
    /// It is damaged, of another circuit, or the policy forbids it.
    /// </exception>
    public static CircuitKey Read(ParameterCache cache, CircuitId circuit, ParameterPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(policy);
        var path = cache.PathOf(circuit, ParameterFile.VerifyingKey);
        if (!File.Exists(path))
        {
            throw new MissingParametersException(circuit, path);
        }

        byte[] bytes;
        using (var file = File.OpenHandle(path))
        {
            ParameterLayout.RequireKey(file, path, circuit);
            bytes = new byte[ParameterLayout.KeySizeOf(circuit)];
            FileRegions.ReadExactly(file, path, bytes, 0);
        }

        return FromBytes(circuit, path, bytes, policy);
    }

    /// <summary>Reads a key from bytes of a file of the circuit's form.</summary>
    internal static CircuitKey FromBytes(
        CircuitId circuit, string path, ReadOnlySpan<byte> bytes, ParameterPolicy policy)
    {
        var origin = OriginOf(circuit, bytes);
        policy.Require(origin, path);
        try
        {
            // Filecoin's key is known by its digest: its points need no test, which takes seconds for the largest.
            var checks = origin == ParameterOrigin.Official ? PointChecks.Form : PointChecks.Group;
            return new CircuitKey(circuit, VerifyingKey.FromBytes(bytes, checks), origin, path);
        }
        catch (FormatException fault)
        {
            throw new ParameterFileException(path, $"its verifying key is damaged: {fault.Message}", fault);
        }
    }

    private static ParameterOrigin OriginOf(CircuitId circuit, ReadOnlySpan<byte> key)
    {
        Span<byte> digest = stackalloc byte[Blake2bHash.MaxSize];
        Blake2bHash.Hash(key, digest);
        return OfficialDigests.Of(circuit)?.VerifyingKey == FileDigests.Shown(digest)
            ? ParameterOrigin.Official
            : ParameterOrigin.TestParameters;
    }
}
