using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Federation.Proofs.Fields.FrColumns;

namespace Federation.Proofs.Fields;

internal readonly unsafe partial struct FrAvx2 : IFrTransformKernel
{
    private interface IFactor
    {
        static abstract Vector256<double> Load(double* factor, int offset, int limb);
    }

    /// <inheritdoc/>
    public static void Evaluate(double* x, double* y, double* factor, long* columns) =>
        Evaluate<OneFactor>(x, y, factor, columns);

    /// <inheritdoc/>
    public static void EvaluateLanes(double* x, double* y, double* factors, long* columns) =>
        Evaluate<LaneFactors>(x, y, factors, columns);

    /// <inheritdoc/>
    public static void Interpolate(double* x, double* y, double* factor, long* columns) =>
        Interpolate<OneFactor>(x, y, factor, columns);

    /// <inheritdoc/>
    public static void InterpolateLanes(double* x, double* y, double* factors, long* columns) =>
        Interpolate<LaneFactors>(x, y, factors, columns);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(double* block, double* factor, long* columns, double* product)
    {
        for (int quarter = 0; quarter < Quarters; quarter++)
        {
            int offset = Offset(quarter);
            ProductQuarter<OneFactor>(
                block + offset, factor, offset, columns,
                out Vector256<long> t0, out Vector256<long> t1, out Vector256<long> t2, out Vector256<long> t3,
                out Vector256<long> t4);
            Store(t0, t1, t2, t3, t4, product + offset);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Evaluate<TFactor>(double* x, double* y, double* factor, long* columns)
        where TFactor : struct, IFactor
    {
        for (int quarter = 0; quarter < Quarters; quarter++)
        {
            int offset = Offset(quarter);
            ProductQuarter<TFactor>(
                y + offset, factor, offset, columns,
                out Vector256<long> t0, out Vector256<long> t1, out Vector256<long> t2, out Vector256<long> t3,
                out Vector256<long> t4);
            double* sum = x + offset;
            Vector256<long> x0 = LoadLimb(sum), x1 = LoadLimb(sum + Lanes), x2 = LoadLimb(sum + (2 * Lanes));
            Vector256<long> x3 = LoadLimb(sum + (3 * Lanes)), x4 = LoadLimb(sum + (4 * Lanes));
            Store(x0 + t0, x1 + t1, x2 + t2, x3 + t3, x4 + t4, sum);
            Store(x0 - t0, x1 - t1, x2 - t2, x3 - t3, x4 - t4, y + offset);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Interpolate<TFactor>(double* x, double* y, double* factor, long* columns)
        where TFactor : struct, IFactor
    {
        for (int quarter = 0; quarter < Quarters; quarter++)
        {
            int offset = Offset(quarter);
            SumAndDifference(x + offset, y + offset);
            ProductQuarter<TFactor>(
                y + offset, factor, offset, columns,
                out Vector256<long> t0, out Vector256<long> t1, out Vector256<long> t2, out Vector256<long> t3,
                out Vector256<long> t4);
            Store(t0, t1, t2, t3, t4, y + offset);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ProductQuarter<TFactor>(
        double* left, double* factor, int offset, long* columns,
        out Vector256<long> t5, out Vector256<long> t6, out Vector256<long> t7, out Vector256<long> t8,
        out Vector256<long> t9)
        where TFactor : struct, IFactor
    {
        Vector256<double> high = Vector256.Create(HighMagic), low = Vector256.Create(SignedMagic);
        Vector256<long> t0 = Start(columns, 0, 1);
        Vector256<long> t1 = Start(columns, 1, 1);
        Vector256<long> t2 = Start(columns, 2, 1);
        Vector256<long> t3 = Start(columns, 3, 1);
        Vector256<long> t4 = Start(columns, 4, 1);
        t5 = Start(columns, 5, 1);
        AddRow(left, TFactor.Load(factor, offset, 0), high, low, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);

        t6 = Start(columns, 6, 1);
        AddRow(left, TFactor.Load(factor, offset, 1), high, low, ref t1, ref t2, ref t3, ref t4, ref t5, ref t6);
        Reduce(high, low, t0, ref t1, ref t2, ref t3, ref t4, ref t5);

        t7 = Start(columns, 7, 1);
        AddRow(left, TFactor.Load(factor, offset, 2), high, low, ref t2, ref t3, ref t4, ref t5, ref t6, ref t7);
        Reduce(high, low, t1, ref t2, ref t3, ref t4, ref t5, ref t6);

        t8 = Start(columns, 8, 1);
        AddRow(left, TFactor.Load(factor, offset, 3), high, low, ref t3, ref t4, ref t5, ref t6, ref t7, ref t8);
        Reduce(high, low, t2, ref t3, ref t4, ref t5, ref t6, ref t7);

        t9 = Start(columns, 9, 1);
        AddRow(left, TFactor.Load(factor, offset, 4), high, low, ref t4, ref t5, ref t6, ref t7, ref t8, ref t9);
        Reduce(high, low, t3, ref t4, ref t5, ref t6, ref t7, ref t8);
        ReduceLast(high, low, t4, ref t5, ref t6, ref t7, ref t8, ref t9);
    }

    // As in FrAvx512.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumAndDifference(double* x, double* y)
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

    private readonly struct OneFactor : IFactor
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<double> Load(double* factor, int offset, int limb) =>
            Vector256.Create(factor[limb * Lanes]);
    }

    private readonly struct LaneFactors : IFactor
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<double> Load(double* factor, int offset, int limb) =>
            Vector256.Load(factor + offset + (limb * Lanes));
    }
}
