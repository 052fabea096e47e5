using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Federation.Proofs.Fields.LimbProducts;

namespace Federation.Proofs.Curve;

/// <summary>
/// Arithmetic on eight elements of the base field at a time, with the double-precision FMA of AVX-512 as in
/// <see cref="Fields.FrAvx512"/>: eight signed limbs of 52 bits, one after another, each eight doubles, lane by lane.
/// An element is the sum of limb i · 2^(52·i), in Montgomery form (times 2^416 modulo p). Limbs that are multiplied are
/// at most 2^51 + 2^12 in magnitude. Since 2^416 is above 2^35 · p, elements that are multiplied may be up to 2^10 · p,
/// and products lie between -p/2^10 and p + p/2^10. Allocation-free, safe to call from many threads.
/// </summary>
internal readonly unsafe partial struct FpAvx512 : IFpKernel
{
    /// <summary>Elements that a block has, one in each lane.</summary>
    public const int Lanes = 8;

    /// <summary>Length of a block in doubles.</summary>
    public const int BlockLength = Limbs * Lanes;

    /// <summary>Words of 64 bits that an element has in memory.</summary>
    public const int Words = 6;

    /// <summary>Limbs of an element.</summary>
    internal const int Limbs = 8;

    internal const long LimbMask = (1L << 52) - 1;

    // The sum of the first and of a limb product has a last bit of weight 2^52, of the second and of the rest 1.
    internal const double HighMagic = 1.5 * (1L << 52) * (1L << 52), LowMagic = 1L << 52;
    internal const double Rounder = 1.5 * (1L << 52), InverseLimb = 1.0 / (1L << 52);

    // -1/p modulo 2^52.
    internal const long NegativeInverse = 0x3fffcfffcfffd;

    // 2^364 / p.
    internal const double Quotients = 9.388514794883405e-06;

    internal static readonly double[] ModulusLimbs = Pinned<double>(
        [-281474976732501, -22998476129376, 1883421074697216, 329812468902415,
         2080788367864709, 486514101631693, 539007656565323, 106513]);

    internal static readonly long[] UnsignedModulusLimbs = Pinned<long>(
        [0xeffffffffaaab, 0xfeb153ffffb9f, 0x6b0f6241eabff, 0x12bf6730d2a0f,
         0x764774b84f385, 0x1ba7b6434bacd, 0x1ea397fe69a4b, 0x1a011]);

    // Starting values of the columns, from which the exponents are taken off that limb products will add.
    private static readonly long[] Columns = Pinned<long>(ColumnStarts(2, LowMagic));

    /// <summary>True where the machine has the instructions.</summary>
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx512F.IsSupported && Avx512DQ.IsSupported;
    }

    /// <summary>Products lane by lane, which may lie over an operand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(double* left, double* right, double* product)
    {
        Vector512<double> high = Vector512.Create(HighMagic), both = Vector512.Create(HighMagic + LowMagic);
        double* modulus = First(ModulusLimbs);
        long* columns = First(Columns);
        Vector512<double> a0 = Vector512.Load(left), a1 = Vector512.Load(left + Lanes);
        Vector512<double> a2 = Vector512.Load(left + (2 * Lanes)), a3 = Vector512.Load(left + (3 * Lanes));
        Vector512<double> a4 = Vector512.Load(left + (4 * Lanes)), a5 = Vector512.Load(left + (5 * Lanes));
        Vector512<double> a6 = Vector512.Load(left + (6 * Lanes)), a7 = Vector512.Load(left + (7 * Lanes));
        Vector512<long> t0 = Vector512.Create(columns[0]), t1 = Vector512.Create(columns[1]);
        Vector512<long> t2 = Vector512.Create(columns[2]), t3 = Vector512.Create(columns[3]);
        Vector512<long> t4 = Vector512.Create(columns[4]), t5 = Vector512.Create(columns[5]);
        Vector512<long> t6 = Vector512.Create(columns[6]), t7 = Vector512.Create(columns[7]);
        for (int row = 0; row < Limbs; row++)
        {
            Vector512<long> t8 = Vector512.Create(columns[Limbs + row]);
            Vector512<double> b = Vector512.Load(right + (row * Lanes));
            AddProduct(a0, b, high, both, ref t0, ref t1);
            AddProduct(a1, b, high, both, ref t1, ref t2);
            AddProduct(a2, b, high, both, ref t2, ref t3);
            AddProduct(a3, b, high, both, ref t3, ref t4);
            AddProduct(a4, b, high, both, ref t4, ref t5);
            AddProduct(a5, b, high, both, ref t5, ref t6);
            AddProduct(a6, b, high, both, ref t6, ref t7);
            AddProduct(a7, b, high, both, ref t7, ref t8);

            // Montgomery's step on the lowest column: the multiple of p that clears its low 52 bits.
            Vector512<double> q = ClearingMultiple(t0);
            AddProduct(q, Vector512.Create(modulus[0]), high, both, ref t0, ref t1);
            AddProduct(q, Vector512.Create(modulus[1]), high, both, ref t1, ref t2);
            AddProduct(q, Vector512.Create(modulus[2]), high, both, ref t2, ref t3);
            AddProduct(q, Vector512.Create(modulus[3]), high, both, ref t3, ref t4);
            AddProduct(q, Vector512.Create(modulus[4]), high, both, ref t4, ref t5);
            AddProduct(q, Vector512.Create(modulus[5]), high, both, ref t5, ref t6);
            AddProduct(q, Vector512.Create(modulus[6]), high, both, ref t6, ref t7);
            AddProduct(q, Vector512.Create(modulus[7]), high, both, ref t7, ref t8);
            t0 = t1 + Vector512.ShiftRightArithmetic(t0, 52);
            t1 = t2;
            t2 = t3;
            t3 = t4;
            t4 = t5;
            t5 = t6;
            t6 = t7;
            t7 = t8;
        }

        Store(t0, t1, t2, t3, t4, t5, t6, t7, product);
    }

    // One step of carries for all limbs at once: columns below 2^62 leave limbs of at most 2^51 + 2^10.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        Vector512<long> t0, Vector512<long> t1, Vector512<long> t2, Vector512<long> t3,
        Vector512<long> t4, Vector512<long> t5, Vector512<long> t6, Vector512<long> t7, double* limbs)
    {
        Vector512<long> c0 = Carry(t0), c1 = Carry(t1), c2 = Carry(t2), c3 = Carry(t3);
        Vector512<long> c4 = Carry(t4), c5 = Carry(t5), c6 = Carry(t6);
        StoreLimb(t0 - Vector512.ShiftLeft(c0, 52), limbs);
        StoreLimb(t1 - Vector512.ShiftLeft(c1, 52) + c0, limbs + Lanes);
        StoreLimb(t2 - Vector512.ShiftLeft(c2, 52) + c1, limbs + (2 * Lanes));
        StoreLimb(t3 - Vector512.ShiftLeft(c3, 52) + c2, limbs + (3 * Lanes));
        StoreLimb(t4 - Vector512.ShiftLeft(c4, 52) + c3, limbs + (4 * Lanes));
        StoreLimb(t5 - Vector512.ShiftLeft(c5, 52) + c4, limbs + (5 * Lanes));
        StoreLimb(t6 - Vector512.ShiftLeft(c6, 52) + c5, limbs + (6 * Lanes));
        StoreLimb(t7 + c6, limbs + (7 * Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Carry(Vector512<long> column) =>
        Vector512.ShiftRightArithmetic(column + Vector512.Create(1L << 51), 52);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreLimb(Vector512<long> limb, double* destination) =>
        Avx512DQ.ConvertToVector512Double(limb).Store(destination);

    internal static long[] ColumnStarts(int products, double low)
    {
        var starts = new long[2 * Limbs];
        for (int row = 0; row < Limbs; row++)
        {
            for (int limb = 0; limb < Limbs; limb++)
            {
                unchecked
                {
                    starts[row + limb] -= products * BitConverter.DoubleToInt64Bits(low);
                    starts[row + limb + 1] -= products * BitConverter.DoubleToInt64Bits(HighMagic);
                }
            }
        }

        return starts;
    }

    internal static T[] Pinned<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        T[] array = GC.AllocateArray<T>(values.Length, pinned: true);
        values.CopyTo(array);
        return array;
    }

    internal static T* First<T>(T[] pinned)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref pinned[0]);
}
