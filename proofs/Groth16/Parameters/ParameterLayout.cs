using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Groth16.Parameters;

/// <summary>
/// Where the points of a parameter file lie, in bellperson's form. Verifying key: alpha in G1, beta in G1 and G2, gamma
/// in G2, delta in G1 and G2, u32 BE count, as many points of G1 (<c>ic</c>). Parameters: the key, then h, l, a, b in
/// G1 and b in G2, each a u32 BE count and its points. Points are uncompressed, 96 or 192 bytes. Immutable.
/// </summary>
/// <param name="Inputs">The points for the public inputs, the constant one's first.</param>
/// <param name="H">Powers of tau for the quotient: domain size - 1.</param>
/// <param name="L">One for each auxiliary variable.</param>
/// <param name="A">One for each variable that an A combination uses.</param>
/// <param name="BInG1">One for each variable that a B combination uses.</param>
/// <param name="BInG2">The same in G2.</param>
public sealed record ParameterLayout(
    ParameterSection Inputs,
    ParameterSection H,
    ParameterSection L,
    ParameterSection A,
    ParameterSection BInG1,
    ParameterSection BInG2)
{
    /// <summary>Bytes of an uncompressed point of G1.</summary>
    public const int G1Size = 96;

    /// <summary>Bytes of an uncompressed point of G2.</summary>
    public const int G2Size = 192;

    /// <summary>Bytes of a verifying key before its points for public inputs.</summary>
    internal const int FixedKeySize = FixedPoints + CountSize;

    private const int FixedPoints = (3 * G1Size) + (3 * G2Size), CountSize = sizeof(uint);

    /// <summary>Bytes of the verifying key at the file's beginning.</summary>
    public long KeySize => Inputs.End;

    /// <summary>Bytes of a circuit's verifying key.</summary>
    public static long KeySizeOf(CircuitId circuit)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        return FixedKeySize + ((circuit.PublicInputs + 1L) * G1Size);
    }

    /// <summary>
    /// Reads where everything lies, and checks that the file is whole and of this circuit's form; null: of any.
    /// </summary>
    /// <exception cref="ParameterFileException">It is not; the reason says where it goes wrong.</exception>
    internal static ParameterLayout Read(SafeFileHandle file, string path, CircuitId? circuit)
    {
        var inputs = ReadKey(file, path, circuit);
        var h = ReadSection(file, path, "h", inputs.End, G1Size);
        var l = ReadSection(file, path, "l", h.End, G1Size);
        var a = ReadSection(file, path, "a", l.End, G1Size);
        var bInG1 = ReadSection(file, path, "b_g1", a.End, G1Size);
        var bInG2 = ReadSection(file, path, "b_g2", bInG1.End, G2Size);
        RequireEnd(file, path, bInG2.End);
        RequireCounts(path, inputs.Count + (long)l.Count, h.Count, a.Count, bInG1.Count, bInG2.Count);
        return new ParameterLayout(inputs, h, l, a, bInG1, bInG2);
    }

    /// <summary>Checks that a verifying key is whole and of this circuit's form.</summary>
    /// <exception cref="ParameterFileException">It is not; the reason says where it goes wrong.</exception>
    internal static void RequireKey(SafeFileHandle file, string path, CircuitId circuit) =>
        RequireEnd(file, path, ReadKey(file, path, circuit).End);

    private static ParameterSection ReadKey(SafeFileHandle file, string path, CircuitId? circuit)
    {
        var inputs = ReadSection(file, path, "ic", FixedPoints, G1Size);
        return circuit is null || inputs.Count == circuit.PublicInputs + 1L
            ? inputs
            : throw new ParameterFileException(
                path,
                $"its verifying key is for {inputs.Count - 1L} public inputs, "
                    + $"but {circuit} has {circuit.PublicInputs}");
    }

    private static ParameterSection ReadSection(
        SafeFileHandle file, string path, string name, long offset, int pointSize)
    {
        var size = RandomAccess.GetLength(file);
        Span<byte> count = stackalloc byte[CountSize];
        if (offset + CountSize > size)
        {
            throw new ParameterFileException(path, $"it is cut off: it ends at {size}, before section {name}");
        }

        FileRegions.ReadExactly(file, path, count, offset);
        var section = new ParameterSection(
            offset + CountSize, BinaryPrimitives.ReadUInt32BigEndian(count), pointSize);
        return section.End <= size
            ? section
            : throw new ParameterFileException(
                path, $"it is cut off: it ends at {size}, within section {name}, which would end at {section.End}");
    }

    private static void RequireEnd(SafeFileHandle file, string path, long end)
    {
        var size = RandomAccess.GetLength(file);
        if (size != end)
        {
            throw new ParameterFileException(path, $"it has {size - end} bytes behind its last section");
        }
    }

    private static void RequireCounts(string path, long variables, long h, long a, long bInG1, long bInG2)
    {
        if (!long.IsPow2(h + 1))
        {
            throw new ParameterFileException(path, $"its section h has {h} points, which fit no domain");
        }

        if (bInG1 != bInG2)
        {
            throw new ParameterFileException(path, $"it has {bInG1} points of b in G1, but {bInG2} in G2");
        }

        if (Math.Max(a, bInG1) > variables)
        {
            throw new ParameterFileException(path, $"it has {Math.Max(a, bInG1)} points for {variables} variables");
        }
    }
}
