using System.Diagnostics.CodeAnalysis;
using Federation.Proofs.Curve;

namespace Federation.Proofs.Groth16;

/// <summary>
/// One proof: A in G1, B in G2, C in G1, compressed in this order to 192 bytes. The proofs of several partitions follow
/// each other without anything between. Immutable.
/// </summary>
/// <param name="A">First element.</param>
/// <param name="B">Second element.</param>
/// <param name="C">Third element.</param>
public readonly record struct Groth16Proof(G1Affine A, G2Affine B, G1Affine C)
{
    /// <summary>Bytes of one proof.</summary>
    public const int SizeBytes = (2 * G1Affine.CompressedBytes) + G2Affine.CompressedBytes;

    private const int EndOfA = G1Affine.CompressedBytes, EndOfB = EndOfA + G2Affine.CompressedBytes;

    /// <summary>
    /// Reads a proof of 192 bytes, whose points must be in their groups and not infinity. False, and why, for anything
    /// else.
    /// </summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, out Groth16Proof proof, [NotNullWhen(false)] out string? reason)
    {
        proof = default;
        if (bytes.Length != SizeBytes)
        {
            reason = $"a proof has {SizeBytes} bytes, not {bytes.Length}";
            return false;
        }

        var faultOfA = G1Affine.TryFromCompressed(bytes[..EndOfA], out var a);
        var faultOfB = G2Affine.TryFromCompressed(bytes[EndOfA..EndOfB], out var b);
        var faultOfC = G1Affine.TryFromCompressed(bytes[EndOfB..], out var c);
        reason = Reason("A", "G1", faultOfA, a.IsInfinity)
            ?? Reason("B", "G2", faultOfB, b.IsInfinity)
            ?? Reason("C", "G1", faultOfC, c.IsInfinity);
        proof = reason is null ? new Groth16Proof(a, b, c) : default;
        return reason is null;
    }

    /// <summary>Reads the proofs of so many partitions, which follow each other. False, and why, for anything
    /// else.</summary>
    public static bool TryReadAll(
        ReadOnlySpan<byte> bytes, int count, out Groth16Proof[] proofs, [NotNullWhen(false)] out string? reason)
    {
        proofs = [];
        if (bytes.Length != count * (long)SizeBytes)
        {
            reason = $"{(count == 1 ? "one proof has" : $"{count} proofs have")} {count * (long)SizeBytes} bytes, "
                + $"not {bytes.Length}";
            return false;
        }

        var read = new Groth16Proof[count];
        for (var i = 0; i < count; i++)
        {
            if (!TryRead(bytes.Slice(i * SizeBytes, SizeBytes), out read[i], out reason))
            {
                reason = $"proof {i}: {reason}";
                return false;
            }
        }

        proofs = read;
        reason = null;
        return true;
    }

    /// <summary>Writes the 192 bytes.</summary>
    /// <exception cref="ArgumentException">The span is not 192 bytes long.</exception>
    public void WriteBytes(Span<byte> bytes)
    {
        if (bytes.Length != SizeBytes)
        {
            throw new ArgumentException($"a proof has {SizeBytes} bytes, not {bytes.Length}", nameof(bytes));
        }

        A.WriteCompressed(bytes[..EndOfA]);
        B.WriteCompressed(bytes[EndOfA..EndOfB]);
        C.WriteCompressed(bytes[EndOfB..]);
    }

    /// <summary>The encodings of proofs, one behind the other, in a new array.</summary>
    public static byte[] ToBytes(params ReadOnlySpan<Groth16Proof> proofs)
    {
        var bytes = new byte[proofs.Length * SizeBytes];
        for (var i = 0; i < proofs.Length; i++)
        {
            proofs[i].WriteBytes(bytes.AsSpan(i * SizeBytes, SizeBytes));
        }

        return bytes;
    }

    private static string? Reason(string name, string group, PointFault fault, bool isInfinity) =>
        fault != PointFault.None ? $"element {name}: {new InvalidPointException(group, fault).Message}"
        : isInfinity ? $"element {name}: The bytes are infinity, which no proof has."
        : null;
}
