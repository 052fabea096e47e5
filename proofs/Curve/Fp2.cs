using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Federation.Proofs.Curve;

/// <summary>
/// An element c0 + c1·u of the quadratic extension of the base field of BLS12-381, u² = -1. Bytes are 96: c1 and then
/// c0, each as <see cref="Fp"/> has it. Immutable and safe to share between threads.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly partial struct Fp2 : ICurveField<Fp2>
{
    /// <summary>Length of the canonical encoding in bytes.</summary>
    public const int SizeBytes = 2 * Fp.SizeBytes;

    /// <summary>The element with the given coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Fp2(in Fp c0, in Fp c1)
    {
        C0 = c0;
        C1 = c1;
    }

    /// <summary>The coefficient of 1.</summary>
    public readonly Fp C0;

    /// <summary>The coefficient of u.</summary>
    public readonly Fp C1;

    /// <summary>The additive identity.</summary>
    public static Fp2 Zero => default;

    /// <summary>The multiplicative identity.</summary>
    public static Fp2 One => new(Fp.One, Fp.Zero);

    static int ICurveField<Fp2>.EncodedBytes => SizeBytes;

    /// <summary>True for the additive identity.</summary>
    public bool IsZero => C0.IsZero && C1.IsZero;

    /// <summary>True when the element is above its negative: by c1, and by c0 where c1 is zero.</summary>
    public bool IsGreaterThanNegative => C1.IsZero ? C0.IsGreaterThanNegative : C1.IsGreaterThanNegative;

    /// <summary>
    /// Reads 96 big-endian bytes, c1 first. False, and zero, when one of both integers is not below p.
    /// </summary>
    /// <exception cref="ArgumentException">The span is not 96 bytes long.</exception>
    public static bool TryFromBytes(ReadOnlySpan<byte> bigEndian, out Fp2 value)
    {
        RequireLength(bigEndian.Length);
        if (Fp.TryFromBytes(bigEndian[..Fp.SizeBytes], out Fp c1)
            && Fp.TryFromBytes(bigEndian[Fp.SizeBytes..], out Fp c0))
        {
            value = new Fp2(c0, c1);
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Writes the canonical 96 big-endian bytes, c1 first.</summary>
    /// <exception cref="ArgumentException">The span is not 96 bytes long.</exception>
    public void WriteBytes(Span<byte> bigEndian)
    {
        RequireLength(bigEndian.Length);
        C1.WriteBytes(bigEndian[..Fp.SizeBytes]);
        C0.WriteBytes(bigEndian[Fp.SizeBytes..]);
    }

    /// <inheritdoc/>
    public bool Equals(Fp2 other) => C0.Equals(other.C0) && C1.Equals(other.C1);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Fp2 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(C0, C1);

    /// <summary>Equality of elements.</summary>
    public static bool operator ==(in Fp2 left, in Fp2 right) => left.Equals(right);

    /// <summary>Inequality of elements.</summary>
    public static bool operator !=(in Fp2 left, in Fp2 right) => !left.Equals(right);

    /// <summary>Both coefficients, as <see cref="Fp.ToString"/> writes them.</summary>
    public override string ToString() => $"{C0} + {C1}·u";

    private static void RequireLength(int length)
    {
        if (length != SizeBytes)
        {
            throw new ArgumentException(
                $"An element of the quadratic extension is {SizeBytes} bytes long, not {length}.");
        }
    }
}
