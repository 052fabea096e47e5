using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Federation.Proofs.Fields.FrColumns;

namespace Federation.Proofs.Fields;

internal readonly unsafe partial struct FrAvx512 : IFrTransformKernel
{
    // Where a group's factors come from.
    private interface IFactor
    {
        static abstract Vector512<double> Load(double* factor, int group, int limb);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Evaluate(double* x, double* y, double* factor, long* columns) =>
        Evaluate<OneFactor>(x, y, factor, columns);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void EvaluateLanes(double* x, double* y, double* factors, long* columns) =>
        Evaluate<LaneFactors>(x, y, factors, columns);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Interpolate(double* x, double* y, double* factor, long* columns) =>
        Interpolate<OneFactor>(x, y, factor, columns);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InterpolateLanes(double* x, double* y, double* factors, long* columns) =>
        Interpolate<LaneFactors>(x, y, factors, columns);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(double* block, double* factor, long* columns, double* product)
    {
        Product<OneFactor>(
            block, factor, columns,
            out Vector512<long> tx0, out Vector512<long> tx1, out Vector512<long> tx2, out Vector512<long> tx3,
            out Vector512<long> tx4,
            out Vector512<long> ty0, out Vector512<long> ty1, out Vector512<long> ty2, out Vector512<long> ty3,
            out Vector512<long> ty4);
        Store(tx0, tx1, tx2, tx3, tx4, product);
        Store(ty0, ty1, ty2, ty3, ty4, product + Group);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Evaluate<TFactor>(double* x, double* y, double* factor, long* columns)
        where TFactor : struct, IFactor
    {
        Product<TFactor>(
            y, factor, columns,
            out Vector512<long> tx0, out Vector512<long> tx1, out Vector512<long> tx2, out Vector512<long> tx3,
            out Vector512<long> tx4,
            out Vector512<long> ty0, out Vector512<long> ty1, out Vector512<long> ty2, out Vector512<long> ty3,
            out Vector512<long> ty4);
        StoreSumAndDifference(x, tx0, tx1, tx2, tx3, tx4, y);
        StoreSumAndDifference(x + Group, ty0, ty1, ty2, ty3, ty4, y + Group);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interpolate<TFactor>(double* x, double* y, double* factor, long* columns)
        where TFactor : struct, IFactor
    {
        SumAndDifference(x, y);
        SumAndDifference(x + Group, y + Group);
        Product<TFactor>(
            y, factor, columns,
            out Vector512<long> tx0, out Vector512<long> tx1, out Vector512<long> tx2, out Vector512<long> tx3,
            out Vector512<long> tx4,
            out Vector512<long> ty0, out Vector512<long> ty1, out Vector512<long> ty2, out Vector512<long> ty3,
            out Vector512<long> ty4);
        Store(tx0, tx1, tx2, tx3, tx4, y);
        Store(ty0, ty1, ty2, ty3, ty4, y + Group);
    }

    // The columns of both groups' products, reduced; see Multiply.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Product<TFactor>(
        double* left, double* factor, long* columns,
        out Vector512<long> tx5, out Vector512<long> tx6, out Vector512<long> tx7, out Vector512<long> tx8,
        out Vector512<long> tx9,
        out Vector512<long> ty5, out Vector512<long> ty6, out Vector512<long> ty7, out Vector512<long> ty8,
        out Vector512<long> ty9)
        where TFactor : struct, IFactor
    {
        Vector512<double> high = Vector512.Create(HighMagic), both = Vector512.Create(HighMagic + LowMagic);

        Vector512<double> ax0 = Vector512.Load(left);
        Vector512<double> ay0 = Vector512.Load(left + Group);
        Vector512<double> ax1 = Vector512.Load(left + Lanes);
        Vector512<double> ay1 = Vector512.Load(left + Group + Lanes);
        Vector512<double> ax2 = Vector512.Load(left + (2 * Lanes));
        Vector512<double> ay2 = Vector512.Load(left + Group + (2 * Lanes));
        Vector512<double> ax3 = Vector512.Load(left + (3 * Lanes));
        Vector512<double> ay3 = Vector512.Load(left + Group + (3 * Lanes));
        Vector512<double> ax4 = Vector512.Load(left + (4 * Lanes));
        Vector512<double> ay4 = Vector512.Load(left + Group + (4 * Lanes));

        Vector512<long> tx0 = Vector512.Create(columns[0]), ty0 = Vector512.Create(columns[0]);
        Vector512<long> tx1 = Vector512.Create(columns[1]), ty1 = Vector512.Create(columns[1]);
        Vector512<long> tx2 = Vector512.Create(columns[2]), ty2 = Vector512.Create(columns[2]);
        Vector512<long> tx3 = Vector512.Create(columns[3]), ty3 = Vector512.Create(columns[3]);
        Vector512<long> tx4 = Vector512.Create(columns[4]), ty4 = Vector512.Create(columns[4]);
        tx5 = Vector512.Create(columns[5]);
        ty5 = Vector512.Create(columns[5]);
        AddRow(
            ax0, ax1, ax2, ax3, ax4, TFactor.Load(factor, 0, 0), high, both,
            ref tx0, ref tx1, ref tx2, ref tx3, ref tx4, ref tx5);
        AddRow(
            ay0, ay1, ay2, ay3, ay4, TFactor.Load(factor, 1, 0), high, both,
            ref ty0, ref ty1, ref ty2, ref ty3, ref ty4, ref ty5);

        tx6 = Vector512.Create(columns[6]);
        ty6 = Vector512.Create(columns[6]);
        AddRow(
            ax0, ax1, ax2, ax3, ax4, TFactor.Load(factor, 0, 1), high, both,
            ref tx1, ref tx2, ref tx3, ref tx4, ref tx5, ref tx6);
        AddRow(
            ay0, ay1, ay2, ay3, ay4, TFactor.Load(factor, 1, 1), high, both,
            ref ty1, ref ty2, ref ty3, ref ty4, ref ty5, ref ty6);
        Reduce(high, both, tx0, ref tx1, ref tx2, ref tx3, ref tx4, ref tx5);
        Reduce(high, both, ty0, ref ty1, ref ty2, ref ty3, ref ty4, ref ty5);

        tx7 = Vector512.Create(columns[7]);
        ty7 = Vector512.Create(columns[7]);
        AddRow(
            ax0, ax1, ax2, ax3, ax4, TFactor.Load(factor, 0, 2), high, both,
            ref tx2, ref tx3, ref tx4, ref tx5, ref tx6, ref tx7);
        AddRow(
            ay0, ay1, ay2, ay3, ay4, TFactor.Load(factor, 1, 2), high, both,
            ref ty2, ref ty3, ref ty4, ref ty5, ref ty6, ref ty7);
        Reduce(high, both, tx1, ref tx2, ref tx3, ref tx4, ref tx5, ref tx6);
        Reduce(high, both, ty1, ref ty2, ref ty3, ref ty4, ref ty5, ref ty6);

        tx8 = Vector512.Create(columns[8]);
        ty8 = Vector512.Create(columns[8]);
        AddRow(
            ax0, ax1, ax2, ax3, ax4, TFactor.Load(factor, 0, 3), high, both,
            ref tx3, ref tx4, ref tx5, ref tx6, ref tx7, ref tx8);
        AddRow(
            ay0, ay1, ay2, ay3, ay4, TFactor.Load(factor, 1, 3), high, both,
            ref ty3, ref ty4, ref ty5, ref ty6, ref ty7, ref ty8);
        Reduce(high, both, tx2, ref tx3, ref tx4, ref tx5, ref tx6, ref tx7);
        Reduce(high, both, ty2, ref ty3, ref ty4, ref ty5, ref ty6, ref ty7);

        tx9 = Vector512.Create(columns[9]);
        ty9 = Vector512.Create(columns[9]);
        AddRow(
            ax0, ax1, ax2, ax3, ax4, TFactor.Load(factor, 0, 4), high, both,
            ref tx4, ref tx5, ref tx6, ref tx7, ref tx8, ref tx9);
        AddRow(
            ay0, ay1, ay2, ay3, ay4, TFactor.Load(factor, 1, 4), high, both,
            ref ty4, ref ty5, ref ty6, ref ty7, ref ty8, ref ty9);
        Reduce(high, both, tx3, ref tx4, ref tx5, ref tx6, ref tx7, ref tx8);
        Reduce(high, both, ty3, ref ty4, ref ty5, ref ty6, ref ty7, ref ty8);

        ReduceLast(high, both, tx4, ref tx5, ref tx6, ref tx7, ref tx8, ref tx9);
        ReduceLast(high, both, ty4, ref ty5, ref ty6, ref ty7, ref ty8, ref ty9);
    }

    // x + t over x, and x - t.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreSumAndDifference(
        double* x, Vector512<long> t0, Vector512<long> t1, Vector512<long> t2, Vector512<long> t3, Vector512<long> t4,
        double* difference)
    {
        Vector512<long> x0 = LoadLimb(x), x1 = LoadLimb(x + Lanes), x2 = LoadLimb(x + (2 * Lanes));
        Vector512<long> x3 = LoadLimb(x + (3 * Lanes)), x4 = LoadLimb(x + (4 * Lanes));
        Store(x0 + t0, x1 + t1, x2 + t2, x3 + t3, x4 + t4, x);
        Store(x0 - t0, x1 - t1, x2 - t2, x3 - t3, x4 - t4, difference);
    }

    // x + y less the nearest multiple of r over x, and x - y over y. With at most one r to take off, limbs stay below
    // 2^53 and doubles exact.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumAndDifference(double* x, double* y)
    {
        Vector512<double> x0 = Vector512.Load(x), y0 = Vector512.Load(y);
        Vector512<double> x1 = Vector512.Load(x + Lanes), y1 = Vector512.Load(y + Lanes);
        Vector512<double> x2 = Vector512.Load(x + (2 * Lanes)), y2 = Vector512.Load(y + (2 * Lanes));
        Vector512<double> x3 = Vector512.Load(x + (3 * Lanes)), y3 = Vector512.Load(y + (3 * Lanes));
        Vector512<double> x4 = Vector512.Load(x + (4 * Lanes)), y4 = Vector512.Load(y + (4 * Lanes));
        Vector512<double> s4 = x4 + y4, rounder = Vector512.Create(FrModulusDigits.Rounder);
        Vector512<double> q = rounder - Avx512F.FusedMultiplyAdd(
            s4, Vector512.Create(FrModulusDigits.Quotients), rounder);
        StoreCarried(
            Avx512F.FusedMultiplyAdd(q, Vector512.Create(FrModulusDigits.Limb0), x0 + y0),
            Avx512F.FusedMultiplyAdd(q, Vector512.Create(FrModulusDigits.Limb1), x1 + y1),
            Avx512F.FusedMultiplyAdd(q, Vector512.Create(FrModulusDigits.Limb2), x2 + y2),
            Avx512F.FusedMultiplyAdd(q, Vector512.Create(FrModulusDigits.Limb3), x3 + y3),
            Avx512F.FusedMultiplyAdd(q, Vector512.Create(FrModulusDigits.Limb4), s4),
            x);
        StoreCarried(x0 - y0, x1 - y1, x2 - y2, x3 - y3, x4 - y4, y);
    }

    // As Store, for doubles.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreCarried(
        Vector512<double> t0, Vector512<double> t1, Vector512<double> t2, Vector512<double> t3, Vector512<double> t4,
        double* limbs)
    {
        Vector512<double> rounder = Vector512.Create(FrModulusDigits.LimbRounder);
        Vector512<double> inverse = Vector512.Create(FrModulusDigits.InverseLimb);
        Vector512<double> c0 = (t0 + rounder) - rounder, c1 = (t1 + rounder) - rounder;
        Vector512<double> c2 = (t2 + rounder) - rounder, c3 = (t3 + rounder) - rounder;
        (t0 - c0).Store(limbs);
        Avx512F.FusedMultiplyAdd(c0, inverse, t1 - c1).Store(limbs + Lanes);
        Avx512F.FusedMultiplyAdd(c1, inverse, t2 - c2).Store(limbs + (2 * Lanes));
        Avx512F.FusedMultiplyAdd(c2, inverse, t3 - c3).Store(limbs + (3 * Lanes));
        Avx512F.FusedMultiplyAdd(c3, inverse, t4).Store(limbs + (4 * Lanes));
    }

    private readonly struct OneFactor : IFactor
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Load(double* factor, int group, int limb) =>
            Vector512.Create(factor[limb * Lanes]);
    }

    private readonly struct LaneFactors : IFactor
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Load(double* factor, int group, int limb) =>
            Vector512.Load(factor + (group * Group) + (limb * Lanes));
    }
}
