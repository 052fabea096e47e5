using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Federation.Proofs.Fields.FrColumns;

namespace Federation.Proofs.Fields;

internal readonly unsafe partial struct FrAvx512 : IFrTransformKernel
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(double* block, double* factor, long* columns, double* product)
    {
        Vector512<double> high = Vector512.Create(HighMagic), both = Vector512.Create(HighMagic + LowMagic);

        Vector512<double> ax0 = Vector512.Load(block);
        Vector512<double> ay0 = Vector512.Load(block + Group);
        Vector512<double> ax1 = Vector512.Load(block + Lanes);
        Vector512<double> ay1 = Vector512.Load(block + Group + Lanes);
        Vector512<double> ax2 = Vector512.Load(block + (2 * Lanes));
        Vector512<double> ay2 = Vector512.Load(block + Group + (2 * Lanes));
        Vector512<double> ax3 = Vector512.Load(block + (3 * Lanes));
        Vector512<double> ay3 = Vector512.Load(block + Group + (3 * Lanes));
        Vector512<double> ax4 = Vector512.Load(block + (4 * Lanes));
        Vector512<double> ay4 = Vector512.Load(block + Group + (4 * Lanes));

        Vector512<long> tx0 = Vector512.Create(columns[0]), ty0 = Vector512.Create(columns[0]);
        Vector512<long> tx1 = Vector512.Create(columns[1]), ty1 = Vector512.Create(columns[1]);
        Vector512<long> tx2 = Vector512.Create(columns[2]), ty2 = Vector512.Create(columns[2]);
        Vector512<long> tx3 = Vector512.Create(columns[3]), ty3 = Vector512.Create(columns[3]);
        Vector512<long> tx4 = Vector512.Create(columns[4]), ty4 = Vector512.Create(columns[4]);
        Vector512<long> tx5 = Vector512.Create(columns[5]);
        Vector512<long> ty5 = Vector512.Create(columns[5]);
        Vector512<double> b = Vector512.Create(factor[0]);
        AddRow(
            ax0, ax1, ax2, ax3, ax4, b, high, both,
            ref tx0, ref tx1, ref tx2, ref tx3, ref tx4, ref tx5);
        AddRow(
            ay0, ay1, ay2, ay3, ay4, b, high, both,
            ref ty0, ref ty1, ref ty2, ref ty3, ref ty4, ref ty5);

        Vector512<long> tx6 = Vector512.Create(columns[6]);
        Vector512<long> ty6 = Vector512.Create(columns[6]);
        b = Vector512.Create(factor[Lanes]);
        AddRow(
            ax0, ax1, ax2, ax3, ax4, b, high, both,
            ref tx1, ref tx2, ref tx3, ref tx4, ref tx5, ref tx6);
        AddRow(
            ay0, ay1, ay2, ay3, ay4, b, high, both,
            ref ty1, ref ty2, ref ty3, ref ty4, ref ty5, ref ty6);
        Reduce(high, both, tx0, ref tx1, ref tx2, ref tx3, ref tx4, ref tx5);
        Reduce(high, both, ty0, ref ty1, ref ty2, ref ty3, ref ty4, ref ty5);

        Vector512<long> tx7 = Vector512.Create(columns[7]);
        Vector512<long> ty7 = Vector512.Create(columns[7]);
        b = Vector512.Create(factor[2 * Lanes]);
        AddRow(
            ax0, ax1, ax2, ax3, ax4, b, high, both,
            ref tx2, ref tx3, ref tx4, ref tx5, ref tx6, ref tx7);
        AddRow(
            ay0, ay1, ay2, ay3, ay4, b, high, both,
            ref ty2, ref ty3, ref ty4, ref ty5, ref ty6, ref ty7);
        Reduce(high, both, tx1, ref tx2, ref tx3, ref tx4, ref tx5, ref tx6);
        Reduce(high, both, ty1, ref ty2, ref ty3, ref ty4, ref ty5, ref ty6);

        Vector512<long> tx8 = Vector512.Create(columns[8]);
        Vector512<long> ty8 = Vector512.Create(columns[8]);
        b = Vector512.Create(factor[3 * Lanes]);
        AddRow(
            ax0, ax1, ax2, ax3, ax4, b, high, both,
            ref tx3, ref tx4, ref tx5, ref tx6, ref tx7, ref tx8);
        AddRow(
            ay0, ay1, ay2, ay3, ay4, b, high, both,
            ref ty3, ref ty4, ref ty5, ref ty6, ref ty7, ref ty8);
        Reduce(high, both, tx2, ref tx3, ref tx4, ref tx5, ref tx6, ref tx7);
        Reduce(high, both, ty2, ref ty3, ref ty4, ref ty5, ref ty6, ref ty7);

        Vector512<long> tx9 = Vector512.Create(columns[9]);
        Vector512<long> ty9 = Vector512.Create(columns[9]);
        b = Vector512.Create(factor[4 * Lanes]);
        AddRow(
            ax0, ax1, ax2, ax3, ax4, b, high, both,
            ref tx4, ref tx5, ref tx6, ref tx7, ref tx8, ref tx9);
        AddRow(
            ay0, ay1, ay2, ay3, ay4, b, high, both,
            ref ty4, ref ty5, ref ty6, ref ty7, ref ty8, ref ty9);
        Reduce(high, both, tx3, ref tx4, ref tx5, ref tx6, ref tx7, ref tx8);
        Reduce(high, both, ty3, ref ty4, ref ty5, ref ty6, ref ty7, ref ty8);

        ReduceLast(high, both, tx4, ref tx5, ref tx6, ref tx7, ref tx8, ref tx9);
        ReduceLast(high, both, ty4, ref ty5, ref ty6, ref ty7, ref ty8, ref ty9);
        Store(tx5, tx6, tx7, tx8, tx9, product);
        Store(ty5, ty6, ty7, ty8, ty9, product + Group);
    }

    // x + term over x, and x - term. One carry keeps the limbs within their bound.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumAndDifference(double* x, double* term, double* difference)
    {
        for (int offset = 0; offset < 2 * Group; offset += Group)
        {
            double* a = x + offset, b = term + offset;
            Vector512<double> a0 = Vector512.Load(a), b0 = Vector512.Load(b);
            Vector512<double> a1 = Vector512.Load(a + Lanes), b1 = Vector512.Load(b + Lanes);
            Vector512<double> a2 = Vector512.Load(a + (2 * Lanes)), b2 = Vector512.Load(b + (2 * Lanes));
            Vector512<double> a3 = Vector512.Load(a + (3 * Lanes)), b3 = Vector512.Load(b + (3 * Lanes));
            Vector512<double> a4 = Vector512.Load(a + (4 * Lanes)), b4 = Vector512.Load(b + (4 * Lanes));
            StoreCarried(a0 + b0, a1 + b1, a2 + b2, a3 + b3, a4 + b4, a);
            StoreCarried(a0 - b0, a1 - b1, a2 - b2, a3 - b3, a4 - b4, difference + offset);
        }
    }

    // x + y less the nearest multiple of r over x, and x - y over y. With at most one r to take off, limbs stay below
    // 2^53 and doubles exact.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReducedSumAndDifference(double* x, double* y)
    {
        ReduceGroup(x, y);
        ReduceGroup(x + Group, y + Group);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReduceGroup(double* x, double* y)
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
}
