using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Federation.Proofs.Fields.FrColumns;

namespace Federation.Proofs.Fields;

internal readonly unsafe partial struct FrAvx2 : IFrTransformKernel
{
    /// <inheritdoc/>
    [SkipLocalsInit]
    public static void Evaluate(double* x, double* y, double* factor, long* columns)
    {
        double* term = stackalloc double[2 * Group];
        Scale(y, factor, columns, term);
        SumAndDifference(x, term, y);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public static void EvaluateLanes(double* x, double* y, double* factors, long* columns)
    {
        double* term = stackalloc double[2 * Group];
        Multiply(y, factors, columns, term);
        SumAndDifference(x, term, y);
    }

    /// <inheritdoc/>
    public static void Interpolate(double* x, double* y, double* factor, long* columns)
    {
        ReducedSumAndDifference(x, y);
        Scale(y, factor, columns, y);
    }

    /// <inheritdoc/>
    public static void InterpolateLanes(double* x, double* y, double* factors, long* columns)
    {
        ReducedSumAndDifference(x, y);
        Multiply(y, factors, columns, y);
    }

    /// <inheritdoc/>
    public static void Scale(double* block, double* factor, long* columns, double* product)
    {
        for (int quarter = 0; quarter < Quarters; quarter++)
        {
            ScaleQuarter(block + Offset(quarter), factor, columns, product + Offset(quarter));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScaleQuarter(double* block, double* factor, long* columns, double* product)
    {
        Vector256<double> high = Vector256.Create(HighMagic), low = Vector256.Create(SignedMagic);
        Vector256<long> t0 = Start(columns, 0, 1);
        Vector256<long> t1 = Start(columns, 1, 1);
        Vector256<long> t2 = Start(columns, 2, 1);
        Vector256<long> t3 = Start(columns, 3, 1);
        Vector256<long> t4 = Start(columns, 4, 1);
        Vector256<long> t5 = Start(columns, 5, 1);
        AddRow(
            block, Vector256.Create(factor[0]), high, low, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);

        Vector256<long> t6 = Start(columns, 6, 1);
        AddRow(
            block, Vector256.Create(factor[Lanes]), high, low, ref t1, ref t2, ref t3, ref t4, ref t5, ref t6);
        Reduce(high, low, t0, ref t1, ref t2, ref t3, ref t4, ref t5);

        Vector256<long> t7 = Start(columns, 7, 1);
        AddRow(
            block, Vector256.Create(factor[2 * Lanes]), high, low, ref t2, ref t3, ref t4, ref t5, ref t6, ref t7);
        Reduce(high, low, t1, ref t2, ref t3, ref t4, ref t5, ref t6);

        Vector256<long> t8 = Start(columns, 8, 1);
        AddRow(
            block, Vector256.Create(factor[3 * Lanes]), high, low, ref t3, ref t4, ref t5, ref t6, ref t7, ref t8);
        Reduce(high, low, t2, ref t3, ref t4, ref t5, ref t6, ref t7);

        Vector256<long> t9 = Start(columns, 9, 1);
        AddRow(
            block, Vector256.Create(factor[4 * Lanes]), high, low, ref t4, ref t5, ref t6, ref t7, ref t8, ref t9);
        Reduce(high, low, t3, ref t4, ref t5, ref t6, ref t7, ref t8);
        ReduceLast(high, low, t4, ref t5, ref t6, ref t7, ref t8, ref t9);
        Store(t5, t6, t7, t8, t9, product);
    }

    // As in FrAvx512.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumAndDifference(double* x, double* term, double* difference)
    {
        for (int quarter = 0; quarter < Quarters; quarter++)
        {
            double* a = x + Offset(quarter), b = term + Offset(quarter);
            Vector256<double> a0 = Vector256.Load(a), b0 = Vector256.Load(b);
            Vector256<double> a1 = Vector256.Load(a + Lanes), b1 = Vector256.Load(b + Lanes);
            Vector256<double> a2 = Vector256.Load(a + (2 * Lanes)), b2 = Vector256.Load(b + (2 * Lanes));
            Vector256<double> a3 = Vector256.Load(a + (3 * Lanes)), b3 = Vector256.Load(b + (3 * Lanes));
            Vector256<double> a4 = Vector256.Load(a + (4 * Lanes)), b4 = Vector256.Load(b + (4 * Lanes));
            StoreCarried(a0 + b0, a1 + b1, a2 + b2, a3 + b3, a4 + b4, a);
            StoreCarried(a0 - b0, a1 - b1, a2 - b2, a3 - b3, a4 - b4, difference + Offset(quarter));
        }
    }

    // As in FrAvx512.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReducedSumAndDifference(double* x, double* y)
    {
        for (int quarter = 0; quarter < Quarters; quarter++)
        {
            ReduceQuarter(x + Offset(quarter), y + Offset(quarter));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReduceQuarter(double* x, double* y)
    {
        Vector256<double> x0 = Vector256.Load(x), y0 = Vector256.Load(y);
        Vector256<double> x1 = Vector256.Load(x + Lanes), y1 = Vector256.Load(y + Lanes);
        Vector256<double> x2 = Vector256.Load(x + (2 * Lanes)), y2 = Vector256.Load(y + (2 * Lanes));
        Vector256<double> x3 = Vector256.Load(x + (3 * Lanes)), y3 = Vector256.Load(y + (3 * Lanes));
        Vector256<double> x4 = Vector256.Load(x + (4 * Lanes)), y4 = Vector256.Load(y + (4 * Lanes));
        Vector256<double> s4 = x4 + y4, rounder = Vector256.Create(FrModulusDigits.Rounder);
        Vector256<double> q = rounder - Fma.MultiplyAdd(s4, Vector256.Create(FrModulusDigits.Quotients), rounder);
        StoreCarried(
            Fma.MultiplyAdd(q, Vector256.Create(FrModulusDigits.Limb0), x0 + y0),
            Fma.MultiplyAdd(q, Vector256.Create(FrModulusDigits.Limb1), x1 + y1),
            Fma.MultiplyAdd(q, Vector256.Create(FrModulusDigits.Limb2), x2 + y2),
            Fma.MultiplyAdd(q, Vector256.Create(FrModulusDigits.Limb3), x3 + y3),
            Fma.MultiplyAdd(q, Vector256.Create(FrModulusDigits.Limb4), s4),
            x);
        StoreCarried(x0 - y0, x1 - y1, x2 - y2, x3 - y3, x4 - y4, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreCarried(
        Vector256<double> t0, Vector256<double> t1, Vector256<double> t2, Vector256<double> t3, Vector256<double> t4,
        double* limbs)
    {
        Vector256<double> rounder = Vector256.Create(FrModulusDigits.LimbRounder);
        Vector256<double> inverse = Vector256.Create(FrModulusDigits.InverseLimb);
        Vector256<double> c0 = (t0 + rounder) - rounder, c1 = (t1 + rounder) - rounder;
        Vector256<double> c2 = (t2 + rounder) - rounder, c3 = (t3 + rounder) - rounder;
        (t0 - c0).Store(limbs);
        Fma.MultiplyAdd(c0, inverse, t1 - c1).Store(limbs + Lanes);
        Fma.MultiplyAdd(c1, inverse, t2 - c2).Store(limbs + (2 * Lanes));
        Fma.MultiplyAdd(c2, inverse, t3 - c3).Store(limbs + (3 * Lanes));
        Fma.MultiplyAdd(c3, inverse, t4).Store(limbs + (4 * Lanes));
    }
}
