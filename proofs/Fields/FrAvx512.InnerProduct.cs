using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Federation.Proofs.Fields.FrColumns;

namespace Federation.Proofs.Fields;

internal readonly unsafe partial struct FrAvx512
{
    private const int Columns = Count * Lanes;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public static void InnerProduct(
        double* terms, double* factors, int count, long* columns, double* result, bool add)
    {
        long* sums = stackalloc long[2 * Columns];
        Sum(terms, factors, count, columns, sums);
        Sum(terms + Group, factors, count, columns, sums + Columns);
        ReduceSums(sums, result, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum(double* terms, double* factors, int count, long* columns, long* sums)
    {
        Vector512<double> high = Vector512.Create(HighMagic), both = Vector512.Create(HighMagic + LowMagic);
        Vector512<long> t0 = Vector512.Create(columns[0]);
        Vector512<long> t1 = Vector512.Create(columns[1]);
        Vector512<long> t2 = Vector512.Create(columns[2]);
        Vector512<long> t3 = Vector512.Create(columns[3]);
        Vector512<long> t4 = Vector512.Create(columns[4]);
        Vector512<long> t5 = Vector512.Create(columns[5]);
        Vector512<long> t6 = Vector512.Create(columns[6]);
        Vector512<long> t7 = Vector512.Create(columns[7]);
        Vector512<long> t8 = Vector512.Create(columns[8]);
        Vector512<long> t9 = Vector512.Create(columns[9]);
        do
        {
            Vector512<double> a0 = Vector512.Load(terms);
            Vector512<double> a1 = Vector512.Load(terms + Lanes);
            Vector512<double> a2 = Vector512.Load(terms + (2 * Lanes));
            Vector512<double> a3 = Vector512.Load(terms + (3 * Lanes));
            Vector512<double> a4 = Vector512.Load(terms + (4 * Lanes));
            AddRow(
                a0, a1, a2, a3, a4, Vector512.Create(factors[0]), high, both,
                ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
            AddRow(
                a0, a1, a2, a3, a4, Vector512.Create(factors[1]), high, both,
                ref t1, ref t2, ref t3, ref t4, ref t5, ref t6);
            AddRow(
                a0, a1, a2, a3, a4, Vector512.Create(factors[2]), high, both,
                ref t2, ref t3, ref t4, ref t5, ref t6, ref t7);
            AddRow(
                a0, a1, a2, a3, a4, Vector512.Create(factors[3]), high, both,
                ref t3, ref t4, ref t5, ref t6, ref t7, ref t8);
            AddRow(
                a0, a1, a2, a3, a4, Vector512.Create(factors[4]), high, both,
                ref t4, ref t5, ref t6, ref t7, ref t8, ref t9);
            terms += 2 * Group;
            factors += FrBlock.Limbs;
        }
        while (--count > 0);

        t0.Store(sums);
        t1.Store(sums + Lanes);
        t2.Store(sums + (2 * Lanes));
        t3.Store(sums + (3 * Lanes));
        t4.Store(sums + (4 * Lanes));
        t5.Store(sums + (5 * Lanes));
        t6.Store(sums + (6 * Lanes));
        t7.Store(sums + (7 * Lanes));
        t8.Store(sums + (8 * Lanes));
        t9.Store(sums + (9 * Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReduceSums(long* sums, double* result, bool add)
    {
        Vector512<double> high = Vector512.Create(HighMagic), both = Vector512.Create(HighMagic + LowMagic);
        Vector512<long> tx0 = Vector512.Load(sums);
        Vector512<long> ty0 = Vector512.Load(sums + Columns);
        Vector512<long> tx1 = Vector512.Load(sums + Lanes);
        Vector512<long> ty1 = Vector512.Load(sums + Columns + Lanes);
        Vector512<long> tx2 = Vector512.Load(sums + (2 * Lanes));
        Vector512<long> ty2 = Vector512.Load(sums + Columns + (2 * Lanes));
        Vector512<long> tx3 = Vector512.Load(sums + (3 * Lanes));
        Vector512<long> ty3 = Vector512.Load(sums + Columns + (3 * Lanes));
        Vector512<long> tx4 = Vector512.Load(sums + (4 * Lanes));
        Vector512<long> ty4 = Vector512.Load(sums + Columns + (4 * Lanes));
        Vector512<long> tx5 = Vector512.Load(sums + (5 * Lanes));
        Vector512<long> ty5 = Vector512.Load(sums + Columns + (5 * Lanes));
        Vector512<long> tx6 = Vector512.Load(sums + (6 * Lanes));
        Vector512<long> ty6 = Vector512.Load(sums + Columns + (6 * Lanes));
        Vector512<long> tx7 = Vector512.Load(sums + (7 * Lanes));
        Vector512<long> ty7 = Vector512.Load(sums + Columns + (7 * Lanes));
        Vector512<long> tx8 = Vector512.Load(sums + (8 * Lanes));
        Vector512<long> ty8 = Vector512.Load(sums + Columns + (8 * Lanes));
        Vector512<long> tx9 = Vector512.Load(sums + (9 * Lanes));
        Vector512<long> ty9 = Vector512.Load(sums + Columns + (9 * Lanes));

        Reduce(high, both, tx0, ref tx1, ref tx2, ref tx3, ref tx4, ref tx5);
        Reduce(high, both, ty0, ref ty1, ref ty2, ref ty3, ref ty4, ref ty5);
        Reduce(high, both, tx1, ref tx2, ref tx3, ref tx4, ref tx5, ref tx6);
        Reduce(high, both, ty1, ref ty2, ref ty3, ref ty4, ref ty5, ref ty6);
        Reduce(high, both, tx2, ref tx3, ref tx4, ref tx5, ref tx6, ref tx7);
        Reduce(high, both, ty2, ref ty3, ref ty4, ref ty5, ref ty6, ref ty7);
        Reduce(high, both, tx3, ref tx4, ref tx5, ref tx6, ref tx7, ref tx8);
        Reduce(high, both, ty3, ref ty4, ref ty5, ref ty6, ref ty7, ref ty8);
        ReduceLast(high, both, tx4, ref tx5, ref tx6, ref tx7, ref tx8, ref tx9);
        ReduceLast(high, both, ty4, ref ty5, ref ty6, ref ty7, ref ty8, ref ty9);

        if (add)
        {
            tx5 += LoadLimb(result);
            ty5 += LoadLimb(result + Group);
            tx6 += LoadLimb(result + Lanes);
            ty6 += LoadLimb(result + Group + Lanes);
            tx7 += LoadLimb(result + (2 * Lanes));
            ty7 += LoadLimb(result + Group + (2 * Lanes));
            tx8 += LoadLimb(result + (3 * Lanes));
            ty8 += LoadLimb(result + Group + (3 * Lanes));
            tx9 += LoadLimb(result + (4 * Lanes));
            ty9 += LoadLimb(result + Group + (4 * Lanes));
        }

        Store(tx5, tx6, tx7, tx8, tx9, result);
        Store(ty5, ty6, ty7, ty8, ty9, result + Group);
    }
}
