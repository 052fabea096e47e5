using System.Buffers.Binary;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Curve;

internal readonly partial struct JacobianPoint<TField>
{
    // Digits are odd and below 2^5, so that eight multiples are needed of the point.
    private const int WindowBits = 5, ScalarLimbs = 4;

    /// <summary>Odd multiples that digits name: that of digit d is the one at |d| / 2.</summary>
    public const int Multiples = 1 << (WindowBits - 2);

    /// <summary>The multiple by a scalar. Time depends on the scalar.</summary>
    public JacobianPoint<TField> MultiplyVarTime(in Fr scalar)
    {
        Span<byte> bytes = stackalloc byte[Fr.SizeBytes];
        scalar.WriteBytes(bytes);
        Span<ulong> limbs = stackalloc ulong[ScalarLimbs];
        for (int i = 0; i < ScalarLimbs; i++)
        {
            limbs[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * i)..]);
        }

        bytes.Clear();
        JacobianPoint<TField> product = MultiplyVarTime(limbs);
        limbs.Clear();
        return product;
    }

    /// <summary>
    /// The multiple by an integer of 64-bit limbs, least significant first, in its width-5 non-adjacent form. Time
    /// depends on the integer. It need not be below the order of the group.
    /// </summary>
    public JacobianPoint<TField> MultiplyVarTime(ReadOnlySpan<ulong> scalar)
    {
        Span<sbyte> digits = stackalloc sbyte[(64 * scalar.Length) + 1];
        WriteDigits(scalar, digits);
        Span<JacobianPoint<TField>> odd = stackalloc JacobianPoint<TField>[Multiples];
        odd[0] = this;
        JacobianPoint<TField> twice = Twice();
        for (int i = 1; i < Multiples; i++)
        {
            odd[i] = odd[i - 1].Add(twice);
        }

        JacobianPoint<TField> sum = default;
        for (int i = digits.Length - 1; i >= 0; i--)
        {
            sum = sum.IsInfinity ? sum : sum.Twice();
            int digit = digits[i];
            if (digit != 0)
            {
                sum = digit > 0 ? sum.Add(odd[digit >> 1]) : sum.Add(odd[-digit >> 1].Negate());
            }
        }

        digits.Clear();
        return sum;
    }

    /// <summary>
    /// The multiple by the magnitude of the curve's parameter, of whose 64 bits six are set: plain doublings and
    /// additions, which no table of multiples shortens.
    /// </summary>
    public JacobianPoint<TField> MultiplyByMagnitudeOfX()
    {
        JacobianPoint<TField> product = this;
        for (int bit = 62; bit >= 0; bit--)
        {
            product = product.Twice();
            if (((Endomorphisms.NegativeX >> bit) & 1) != 0)
            {
                product = product.Add(this);
            }
        }

        return product;
    }

    /// <summary>
    /// The non-adjacent form: digits of powers of two, odd or zero, below 2^4 in magnitude, at least four zeros after
    /// each that is not.
    /// </summary>
    public static void WriteDigits(ReadOnlySpan<ulong> scalar, Span<sbyte> digits)
    {
        digits.Clear();
        int carry = 0;
        for (int bit = 0; bit < digits.Length;)
        {
            if ((Bits(scalar, bit, 1) ^ carry) == 0)
            {
                bit++;
                continue;
            }

            int digit = Bits(scalar, bit, WindowBits) + carry;
            carry = digit >> (WindowBits - 1);
            digits[bit] = (sbyte)(digit - (carry << WindowBits));
            bit += WindowBits;
        }
    }

    private static int Bits(ReadOnlySpan<ulong> scalar, int first, int count)
    {
        int limb = first / 64, shift = first % 64;
        if (limb >= scalar.Length)
        {
            return 0;
        }

        ulong word = scalar[limb] >> shift;
        if (shift != 0 && limb + 1 < scalar.Length)
        {
            word |= scalar[limb + 1] << (64 - shift);
        }

        return (int)(word & ((1UL << count) - 1));
    }
}
