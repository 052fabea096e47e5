using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Federation.Proofs.Curve.FpLimbConstants;

namespace Federation.Proofs.Curve;

/// <summary>
/// Products of <see cref="Fp2"/> with the eight limbs of an element of the base field in the eight lanes of AVX-512:
/// 52 bits each, products by double-precision FMA (Emmart, Zheng, Weems: Faster Modular Exponentiation Using Double
/// Precision Floating Point Arithmetic on the GPU, ARITH 2018), Montgomery steps limb by limb. A step waits long for
/// the one before it, so that both coefficients go through side by side, each with its products and one reduction.
/// Operands are six 64-bit limbs in Montgomery form, and results below p likewise: the rows take 2^416 away, of which
/// 2^32 is put on the left operand when it is cut into limbs. No state; safe to call from any thread.
/// </summary>
internal static unsafe class FpLimbLanes
{
    private const int Rows = 8, LimbBits = 52;
    private const ulong LimbMask = (1UL << LimbBits) - 1;

    // 2^104 and 2^52: what is rounded toward zero into the binade of the first keeps a product's bits from 2^52 up.
    private const double HighBase = 20282409603651670423947251286016.0, LowBase = 4503599627370496.0;

    /// <summary>True where the machine has the instructions.</summary>
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx512F.IsSupported && Avx512DQ.IsSupported;
    }

    /// <summary>The product of two elements whose coefficients are below p.</summary>
    [SkipLocalsInit]
    public static void Multiply(in Fp2 left, in Fp2 right, out Fp2 product)
    {
        Vector512<double> a0 = CutShifted(Load(left.C0)), a1 = CutShifted(Load(left.C1));
        Vector512<double> right0 = Cut(Load(right.C0)), right1 = Cut(Load(right.C1));
        double* b0 = (double*)&right0, b1 = (double*)&right1;
        Vector512<ulong> c0 = FirstOfDifference, c1 = FirstOfSum;
        for (int row = 0; row < Rows; row++)
        {
            Vector512<ulong> high0 = default, high1 = default;
            Vector512<double> y0 = Vector512.Create(b0[row]), y1 = Vector512.Create(b1[row]);
            AddProduct(a0, y0, ref c0, ref high0);
            SubtractProduct(a1, y1, ref c0, ref high0);
            AddProduct(a0, y1, ref c1, ref high1);
            AddProduct(a1, y0, ref c1, ref high1);
            c0 = Reduce(c0, high0);
            c1 = Reduce(c1, high1);
        }

        Write(c0 + LastOfDifference, c1 + LastOfSum, out product);
    }

    /// <summary>The square of an element whose coefficients are below p.</summary>
    [SkipLocalsInit]
    public static void Square(in Fp2 value, out Fp2 square)
    {
        Vector512<ulong> words0 = Load(value.C0), words1 = Load(value.C1);
        Vector512<double> a0 = CutShifted(words0), a1 = CutShifted(words1), twice0 = CutShiftedTwice(words0);
        Vector512<double> right0 = Cut(words0), right1 = Cut(words1);
        double* b0 = (double*)&right0, b1 = (double*)&right1;
        Vector512<ulong> c0 = FirstOfDifference, c1 = FirstOfOne;
        for (int row = 0; row < Rows; row++)
        {
            Vector512<ulong> high0 = default, high1 = default;
            Vector512<double> y0 = Vector512.Create(b0[row]), y1 = Vector512.Create(b1[row]);
            AddProduct(a0, y0, ref c0, ref high0);
            SubtractProduct(a1, y1, ref c0, ref high0);
            AddProduct(twice0, y1, ref c1, ref high1);
            c0 = Reduce(c0, high0);
            c1 = Reduce(c1, high1);
        }

        Write(c0 + LastOfDifference, c1 + LastOfOne, out square);
    }

    /// <summary>The product of an element with one of the base field, coefficients below p.</summary>
    [SkipLocalsInit]
    public static void Multiply(in Fp2 left, in Fp right, out Fp2 product)
    {
        Vector512<double> a0 = CutShifted(Load(left.C0)), a1 = CutShifted(Load(left.C1)), cut = Cut(Load(right));
        double* b = (double*)&cut;
        Vector512<ulong> c0 = FirstOfOne, c1 = FirstOfOne;
        for (int row = 0; row < Rows; row++)
        {
            Vector512<ulong> high0 = default, high1 = default;
            Vector512<double> y = Vector512.Create(b[row]);
            AddProduct(a0, y, ref c0, ref high0);
            AddProduct(a1, y, ref c1, ref high1);
            c0 = Reduce(c0, high0);
            c1 = Reduce(c1, high1);
        }

        Write(c0 + LastOfOne, c1 + LastOfOne, out product);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Load(in Fp value)
    {
        // The two lanes above the six limbs are never looked at.
        ref ulong limbs = ref Unsafe.As<Fp, ulong>(ref Unsafe.AsRef(in value));
        return Vector256.LoadUnsafe(ref limbs).ToVector512Unsafe()
            .WithUpper(Vector128.LoadUnsafe(ref limbs, 4).ToVector256Unsafe());
    }

    // Bits from 52k up of the integer, for each lane k.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Cut(Vector512<ulong> words) => ToDouble(
        Avx512F.ShiftRightLogicalVariable(
            Avx512F.PermuteVar8x64(words, Vector512.Create(0UL, 0, 1, 2, 3, 4, 4, 5)),
            Vector512.Create(0UL, 52, 40, 28, 16, 4, 56, 44))
        | Avx512F.ShiftLeftLogicalVariable(
            Avx512F.PermuteVar8x64(words, Vector512.Create(0UL, 1, 2, 3, 4, 5, 5, 5)),
            Vector512.Create(64UL, 12, 24, 36, 48, 60, 8, 64)));

    // The same of 2^32 times the integer.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> CutShifted(Vector512<ulong> words) => ToDouble(
        Avx512F.ShiftRightLogicalVariable(
            Avx512F.PermuteVar8x64(words, Vector512.Create(0UL, 0, 1, 1, 2, 3, 4, 5)),
            Vector512.Create(64UL, 20, 8, 60, 48, 36, 24, 12))
        | Avx512F.ShiftLeftLogicalVariable(
            Avx512F.PermuteVar8x64(words, Vector512.Create(0UL, 1, 2, 2, 3, 4, 5, 5)),
            Vector512.Create(32UL, 44, 56, 4, 16, 28, 40, 64)));

    // The same of 2^33 times the integer.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> CutShiftedTwice(Vector512<ulong> words) => ToDouble(
        Avx512F.ShiftRightLogicalVariable(
            Avx512F.PermuteVar8x64(words, Vector512.Create(0UL, 0, 1, 1, 2, 3, 4, 5)),
            Vector512.Create(64UL, 19, 7, 59, 47, 35, 23, 11))
        | Avx512F.ShiftLeftLogicalVariable(
            Avx512F.PermuteVar8x64(words, Vector512.Create(0UL, 1, 2, 2, 3, 4, 5, 5)),
            Vector512.Create(33UL, 45, 57, 5, 17, 29, 41, 64)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ToDouble(Vector512<ulong> limbs)
    {
        Vector512<double> low = Vector512.Create(LowBase);
        return Vector512.ConditionalSelect(Vector512.Create(LimbMask), limbs, low.AsUInt64()).AsDouble() - low;
    }

    // Parts a limb product, below 2^104, into the column of its lane and the one above.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProduct(
        Vector512<double> a, Vector512<double> y, ref Vector512<ulong> column, ref Vector512<ulong> above)
    {
        Part(a, y, out Vector512<ulong> low, out Vector512<ulong> high);
        column += low;
        above += high;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SubtractProduct(
        Vector512<double> a, Vector512<double> y, ref Vector512<ulong> column, ref Vector512<ulong> above)
    {
        Part(a, y, out Vector512<ulong> low, out Vector512<ulong> high);
        column -= low;
        above -= high;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Part(
        Vector512<double> a, Vector512<double> y, out Vector512<ulong> low, out Vector512<ulong> high)
    {
        Vector512<double> upper =
            Avx512F.FusedMultiplyAdd(a, y, Vector512.Create(HighBase), FloatRoundingMode.ToZero);
        low = Avx512F.FusedMultiplyAdd(a, y, Vector512.Create(HighBase + LowBase) - upper).AsUInt64();
        high = upper.AsUInt64();
    }

    // Montgomery step: adds the multiple of p that clears lane 0, whose carry goes to the column that takes its place.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Reduce(Vector512<ulong> columns, Vector512<ulong> above)
    {
        Vector512<ulong> mask = Vector512.Create(LimbMask);
        Vector512<ulong> factors = Avx512DQ.MultiplyLow(columns, Vector512.Create(NegativeInverse)) & mask;
        Vector512<ulong> factor = Avx512F.BroadcastScalarToVector512(factors.GetLower().GetLower());
        Vector512<double> low = Vector512.Create(LowBase);
        Vector512<double> y = (factor | low.AsUInt64()).AsDouble() - low;
        columns += Avx512DQ.MultiplyLow(factor, ModulusLimbs) & mask;
        above += Avx512F.FusedMultiplyAdd(
            Modulus, y, Vector512.Create(HighBase), FloatRoundingMode.ToZero).AsUInt64();

        // Shifted by all of its bits, or nearly, a lane is its sign: that of lanes whose sums are negative is dropped.
        Vector512<ulong> carry = Avx512F.ShiftRightArithmeticVariable(
            columns.AsInt64(), Vector512.Create(52UL, 64, 64, 64, 64, 64, 64, 64)).AsUInt64()
            & Vector512.Create(ulong.MaxValue, 0, 0, 0, 0, 0, 0, 0);
        return Avx512F.AlignRight64(Vector512<ulong>.Zero, columns, 1) + (above + carry);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(Vector512<ulong> c0, Vector512<ulong> c1, out Fp2 value)
    {
        Unsafe.SkipInit(out value);
        Unsafe.AsRef(in value.C0) = Join(c0);
        Unsafe.AsRef(in value.C1) = Join(c1);
    }

    // The columns are signed; their sum is from 0 to below 2p.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Fp Join(Vector512<ulong> columns)
    {
        long* t = (long*)&columns;
        long t1 = t[1] + (t[0] >> LimbBits);
        long t2 = t[2] + (t1 >> LimbBits);
        long t3 = t[3] + (t2 >> LimbBits);
        long t4 = t[4] + (t3 >> LimbBits);
        long t5 = t[5] + (t4 >> LimbBits);
        long t6 = t[6] + (t5 >> LimbBits);
        ulong l7 = (ulong)(t[7] + (t6 >> LimbBits));
        ulong l0 = (ulong)t[0] & LimbMask, l1 = (ulong)t1 & LimbMask, l2 = (ulong)t2 & LimbMask;
        ulong l3 = (ulong)t3 & LimbMask, l4 = (ulong)t4 & LimbMask, l5 = (ulong)t5 & LimbMask;
        ulong l6 = (ulong)t6 & LimbMask;
        return Fp.SubtractModulusOnce(
            l0 | (l1 << 52),
            (l1 >> 12) | (l2 << 40),
            (l2 >> 24) | (l3 << 28),
            (l3 >> 36) | (l4 << 16),
            (l4 >> 48) | (l5 << 4) | (l6 << 56),
            (l6 >> 8) | (l7 << 44));
    }
}
