using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Federation.Proofs.Fields.FrColumns;
using static Federation.Proofs.Fields.LimbProducts;

namespace Federation.Proofs.Fields;

internal readonly unsafe partial struct FrAvx2
{
    /// <inheritdoc/>
    public static void Multiply(double* left, double* right, long* columns, double* product)
    {
        for (int quarter = 0; quarter < Quarters; quarter++)
        {
            int offset = Offset(quarter);
            MultiplyQuarter(left + offset, right + offset, columns, product + offset);
        }
    }

    /// <inheritdoc/>
    public static void Square(double* value, long* columns, double* square)
    {
        for (int quarter = 0; quarter < Quarters; quarter++)
        {
            int offset = Offset(quarter);
            SquareQuarter(value + offset, columns, square + offset);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyQuarter(double* left, double* right, long* columns, double* product)
    {
        Vector256<double> high = Vector256.Create(HighMagic), low = Vector256.Create(SignedMagic);
        Vector256<long> t0 = Start(columns, 0, 1);
        Vector256<long> t1 = Start(columns, 1, 1);
        Vector256<long> t2 = Start(columns, 2, 1);
        Vector256<long> t3 = Start(columns, 3, 1);
        Vector256<long> t4 = Start(columns, 4, 1);
        Vector256<long> t5 = Start(columns, 5, 1);
        AddRow(left, Vector256.Load(right), high, low, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);

        Vector256<long> t6 = Start(columns, 6, 1);
        AddRow(left, Vector256.Load(right + Lanes), high, low, ref t1, ref t2, ref t3, ref t4, ref t5, ref t6);
        Reduce(high, low, t0, ref t1, ref t2, ref t3, ref t4, ref t5);

        Vector256<long> t7 = Start(columns, 7, 1);
        AddRow(left, Vector256.Load(right + (2 * Lanes)), high, low, ref t2, ref t3, ref t4, ref t5, ref t6, ref t7);
        Reduce(high, low, t1, ref t2, ref t3, ref t4, ref t5, ref t6);

        Vector256<long> t8 = Start(columns, 8, 1);
        AddRow(left, Vector256.Load(right + (3 * Lanes)), high, low, ref t3, ref t4, ref t5, ref t6, ref t7, ref t8);
        Reduce(high, low, t2, ref t3, ref t4, ref t5, ref t6, ref t7);

        Vector256<long> t9 = Start(columns, 9, 1);
        AddRow(left, Vector256.Load(right + (4 * Lanes)), high, low, ref t4, ref t5, ref t6, ref t7, ref t8, ref t9);
        Reduce(high, low, t3, ref t4, ref t5, ref t6, ref t7, ref t8);

        ReduceLast(high, low, t4, ref t5, ref t6, ref t7, ref t8, ref t9);
        Store(t5, t6, t7, t8, t9, product);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SquareQuarter(double* value, long* columns, double* square)
    {
        Vector256<double> high = Vector256.Create(HighMagic), low = Vector256.Create(SignedMagic);
        Vector256<double> a0 = Vector256.Load(value);
        Vector256<double> a1 = Vector256.Load(value + Lanes);
        Vector256<double> a2 = Vector256.Load(value + (2 * Lanes));
        Vector256<double> a3 = Vector256.Load(value + (3 * Lanes));
        Vector256<double> a4 = Vector256.Load(value + (4 * Lanes));

        Vector256<long> t1 = Vector256<long>.Zero;
        Vector256<long> t2 = Vector256<long>.Zero;
        Vector256<long> t3 = Vector256<long>.Zero;
        Vector256<long> t4 = Vector256<long>.Zero;
        Vector256<long> t5 = Vector256<long>.Zero;
        Vector256<long> t6 = Vector256<long>.Zero;
        Vector256<long> t7 = Vector256<long>.Zero;
        Vector256<long> t8 = Vector256<long>.Zero;

        AddProduct(a0, a1, high, low, ref t1, ref t2);
        AddProduct(a0, a2, high, low, ref t2, ref t3);
        AddProduct(a0, a3, high, low, ref t3, ref t4);
        AddProduct(a1, a2, high, low, ref t3, ref t4);
        AddProduct(a0, a4, high, low, ref t4, ref t5);
        AddProduct(a1, a3, high, low, ref t4, ref t5);
        AddProduct(a1, a4, high, low, ref t5, ref t6);
        AddProduct(a2, a3, high, low, ref t5, ref t6);
        AddProduct(a2, a4, high, low, ref t6, ref t7);
        AddProduct(a3, a4, high, low, ref t7, ref t8);

        // Twice the sums of a(i) · a(j), i < j; the starting values count their exponents twice as well.
        Vector256<long> t0 = Start(columns, 0, 1);
        t1 = t1 + t1 + Start(columns, 1, 1);
        t2 = t2 + t2 + Start(columns, 2, 1);
        t3 = t3 + t3 + Start(columns, 3, 1);
        t4 = t4 + t4 + Start(columns, 4, 1);
        t5 = t5 + t5 + Start(columns, 5, 1);
        t6 = t6 + t6 + Start(columns, 6, 1);
        t7 = t7 + t7 + Start(columns, 7, 1);
        t8 = t8 + t8 + Start(columns, 8, 1);
        Vector256<long> t9 = Start(columns, 9, 1);

        AddProduct(a0, a0, high, low, ref t0, ref t1);
        Reduce(high, low, t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        AddProduct(a1, a1, high, low, ref t2, ref t3);
        Reduce(high, low, t1, ref t2, ref t3, ref t4, ref t5, ref t6);
        AddProduct(a2, a2, high, low, ref t4, ref t5);
        Reduce(high, low, t2, ref t3, ref t4, ref t5, ref t6, ref t7);
        AddProduct(a3, a3, high, low, ref t6, ref t7);
        Reduce(high, low, t3, ref t4, ref t5, ref t6, ref t7, ref t8);
        AddProduct(a4, a4, high, low, ref t8, ref t9);
        ReduceLast(high, low, t4, ref t5, ref t6, ref t7, ref t8, ref t9);
        Store(t5, t6, t7, t8, t9, square);
    }
}
