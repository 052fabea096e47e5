using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Federation.Proofs.Curve.FpAvx512;

namespace Federation.Proofs.Curve;

/// <summary>
/// Arithmetic on eight elements of the base field at a time by fused multiplications and additions of doubles alone,
/// for machines without AVX-512: eight signed limbs of 48 bits. Limbs are so small that a column's upper halves add up
/// in the addend of the multiplication itself, and its lower ones, rounded to nearest, as doubles: a limb product takes
/// two multiplications and two additions, where 52 bits take six instructions (Emmart, Zheng, Weems: Faster Modular
/// Exponentiation Using Double Precision Floating Point Arithmetic on the GPU, ARITH 2018, has the splitting). Columns
/// are done one after another, so that only one has to be held.
/// An element is the sum of limb i · 2^(48·i), in Montgomery form (times 2^384 modulo p), as in <see cref="Fp"/>. Limbs
/// that are multiplied are at most 2^47 + 2 in magnitude. A product lies within p/2 and the 2^384th part of the
/// operands' product, which is a tenth for elements within p. Allocation-free, safe to call from many threads.
/// </summary>
internal readonly unsafe partial struct FpFma : IFpBlocks
{
    private const int LimbBits = 48;

    // The sum of the first and of a column's products has a last bit of weight 2^48.
    private const double HighMagic = 1.5 * (1L << 50) * (1L << 50), InverseLimb = 1.0 / (1L << LimbBits);

    // -1/p modulo 2^48, the nearest to zero.
    private const double NegativeInverse = -0x0003_0003_0003L;

    private static readonly double[] Modulus = Pinned<double>(ModulusBlock());

    /// <summary>True where the machine has the instructions.</summary>
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx2.IsSupported && Fma.IsSupported;
    }

    /// <inheritdoc/>
    public static Fp EnterFactor => Fp.One;

    /// <inheritdoc/>
    public static void Multiply(double* left, double* right, double* product) => Sum(&left, &right, 1, product);

    /// <inheritdoc/>
    [SkipLocalsInit]
    public static void MultiplyQuadratic(double* left, double* right, double* product)
    {
        double* minus = stackalloc double[2 * BlockLength], c0 = minus + BlockLength;
        double** x = stackalloc double*[2] { left, left + BlockLength };
        double** y = stackalloc double*[2] { right, minus };
        for (int i = 0; i < BlockLength; i += Lanes)
        {
            (-Vector512.Load(right + BlockLength + i)).Store(minus + i);
        }

        Sum(x, y, 2, c0);
        y[0] = right + BlockLength;
        y[1] = right;
        Sum(x, y, 2, product + BlockLength);
        new ReadOnlySpan<double>(c0, BlockLength).CopyTo(new Span<double>(product, BlockLength));
    }

    /// <summary>One Montgomery product of the sum of one or two pairs' products.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum(double** left, double** right, int pairs, double* sum)
    {
        // First what may call into the runtime, so that no vector has to live in memory across it.
        double* modulus = First(Modulus), limbs = stackalloc double[BlockLength];
        Vector512<double> magic = Vector512.Create(HighMagic), scale = Vector512.Create(InverseLimb);
        Vector512<double> carry = Vector512<double>.Zero;
        for (int column = 0; column < BlockLength; column += Lanes)
        {
            Vector512<double> high = magic, other = magic, rest = Vector512<double>.Zero;
            for (int pair = 0; pair < pairs; pair++)
            {
                double* x = left[pair];
                AddColumn(x, right[pair] + column, x + column + Lanes, ref high, ref rest);
            }

            AddColumn(limbs, modulus + column, limbs + column, ref other, ref carry);
            carry += rest;

            // The multiple of p that clears the column's low 48 bits. What is left over is whole, so that it is exact.
            Vector512<double> inverse = Vector512.Create(NegativeInverse);
            Vector512<double> upper = Vector512.FusedMultiplyAdd(carry, inverse, magic);
            Vector512<double> q = Vector512.FusedMultiplyAdd(carry, inverse, magic - upper);
            q.Store(limbs + column);
            carry = Vector512.FusedMultiplyAdd(q, Vector512.Load(modulus) * scale, carry * scale);
            carry = Vector512.FusedMultiplyAdd(high - magic + (other - magic), scale, carry);
        }

        // Of the multiples, those below the column are no longer needed: there the limbs of the sum are put.
        for (int column = Lanes; column < BlockLength; column += Lanes)
        {
            Vector512<double> high = magic, other = magic, rest = Vector512<double>.Zero;
            for (int pair = 0; pair < pairs; pair++)
            {
                double* x = left[pair];
                AddColumn(
                    x + column, right[pair] + BlockLength - Lanes, x + BlockLength, ref high, ref rest);
            }

            AddColumn(limbs + column, modulus + BlockLength - Lanes, limbs + BlockLength, ref other, ref carry);
            carry += rest;
            Vector512<double> multiple = (carry + magic) - magic;
            (carry - multiple).Store(limbs + column - Lanes);
            carry = (high - magic + (other - magic) + multiple) * scale;
        }

        carry.Store(limbs + BlockLength - Lanes);
        new ReadOnlySpan<double>(limbs, BlockLength).CopyTo(new Span<double>(sum, BlockLength));
    }

    // Products of limbs from x up with limbs from y down. At most 16 between carries: 16 · 2^94 leaves the exponent of
    // the magic number what it is, and the lower halves' sum is exact.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddColumn(
        double* x, double* y, double* end, ref Vector512<double> high, ref Vector512<double> low)
    {
        for (; x < end; x += Lanes, y -= Lanes)
        {
            Vector512<double> a = Vector512.Load(x), b = Vector512.Load(y);
            Vector512<double> next = Vector512.FusedMultiplyAdd(a, b, high);
            low += Vector512.FusedMultiplyAdd(a, b, high - next);
            high = next;
        }
    }

    // The limbs of p, each in all lanes.
    private static double[] ModulusBlock()
    {
        var block = new double[BlockLength];
        var rest = new BigInteger(MemoryMarshal.AsBytes(Fp.ModulusLimbs), isUnsigned: true);
        for (int i = 0; i < BlockLength; i += Lanes)
        {
            var limb = (long)(rest & ((1L << LimbBits) - 1));
            limb -= limb >> (LimbBits - 1) << LimbBits;
            rest = (rest - limb) >> LimbBits;
            block.AsSpan(i, Lanes).Fill(limb);
        }

        return block;
    }
}
