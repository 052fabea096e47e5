using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Federation.Proofs.Fields.FrColumns;

namespace Federation.Proofs.Fields;

internal readonly unsafe partial struct FrAvx2
{
    /// <inheritdoc/>
    public static void InnerProduct(
        double* terms, double* factors, int count, long* columns, double* result, bool add)
    {
        for (int quarter = 0; quarter < Quarters; quarter++)
        {
            int offset = Offset(quarter);
            SumQuarter(terms + offset, factors, count, columns, result + offset, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumQuarter(
        double* terms, double* factors, int count, long* columns, double* result, bool add)
    {
        Vector256<double> high = Vector256.Create(HighMagic), low = Vector256.Create(SignedMagic);
        Vector256<long> t0 = Start(columns, 0, count);
        Vector256<long> t1 = Start(columns, 1, count);
        Vector256<long> t2 = Start(columns, 2, count);
        Vector256<long> t3 = Start(columns, 3, count);
        Vector256<long> t4 = Start(columns, 4, count);
        Vector256<long> t5 = Start(columns, 5, count);
        Vector256<long> t6 = Start(columns, 6, count);
        Vector256<long> t7 = Start(columns, 7, count);
        Vector256<long> t8 = Start(columns, 8, count);
        Vector256<long> t9 = Start(columns, 9, count);
        do
        {
            AddRow(terms, Vector256.Create(factors[0]), high, low, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
            AddRow(terms, Vector256.Create(factors[1]), high, low, ref t1, ref t2, ref t3, ref t4, ref t5, ref t6);
            AddRow(terms, Vector256.Create(factors[2]), high, low, ref t2, ref t3, ref t4, ref t5, ref t6, ref t7);
            AddRow(terms, Vector256.Create(factors[3]), high, low, ref t3, ref t4, ref t5, ref t6, ref t7, ref t8);
            AddRow(terms, Vector256.Create(factors[4]), high, low, ref t4, ref t5, ref t6, ref t7, ref t8, ref t9);
            terms += 2 * Group;
            factors += FrBlock.Limbs;
        }
        while (--count > 0);

        Reduce(high, low, t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Reduce(high, low, t1, ref t2, ref t3, ref t4, ref t5, ref t6);
        Reduce(high, low, t2, ref t3, ref t4, ref t5, ref t6, ref t7);
        Reduce(high, low, t3, ref t4, ref t5, ref t6, ref t7, ref t8);
        ReduceLast(high, low, t4, ref t5, ref t6, ref t7, ref t8, ref t9);
        if (add)
        {
            t5 += LoadLimb(result);
            t6 += LoadLimb(result + Lanes);
            t7 += LoadLimb(result + (2 * Lanes));
            t8 += LoadLimb(result + (3 * Lanes));
            t9 += LoadLimb(result + (4 * Lanes));
        }

        Store(t5, t6, t7, t8, t9, result);
    }
}
