using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Federation.Proofs.Fields.LimbProducts;

namespace Federation.Proofs.Curve;

internal readonly unsafe partial struct FpAvx512
{
    /// <summary>Distance in doubles of two limbs of a left operand of <see cref="SumOfProducts"/>.</summary>
    public const int WideRow = 2 * Lanes;

    /// <summary>Distance in doubles of its two coefficients.</summary>
    public const int WideLength = Limbs * WideRow;

    /// <summary>The most products that <see cref="SumOfProducts"/> adds up.</summary>
    public const int MostTerms = 6;

    // Starting values as in Columns, for so many products of the quadratic extension and one reduction.
    private static readonly long[][] SumColumns =
        [.. Enumerable.Range(0, MostTerms + 1).Select(terms => Pinned<long>(ColumnStarts((2 * terms) + 1, LowMagic)))];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumOfProducts<TRight>(
        double* left, int* places, double* right, int step, int terms, double* sum)
        where TRight : struct, ILaneOperand
    {
        Vector512<double> high = Vector512.Create(HighMagic), both = Vector512.Create(HighMagic + LowMagic);
        double* modulus = First(ModulusLimbs);
        long* columns = First(SumColumns[terms]);
        Vector512<long> t0 = Vector512.Create(columns[0]), t1 = Vector512.Create(columns[1]);
        Vector512<long> t2 = Vector512.Create(columns[2]), t3 = Vector512.Create(columns[3]);
        Vector512<long> t4 = Vector512.Create(columns[4]), t5 = Vector512.Create(columns[5]);
        Vector512<long> t6 = Vector512.Create(columns[6]), t7 = Vector512.Create(columns[7]);
        Vector512<long> u0 = t0, u1 = t1, u2 = t2, u3 = t3, u4 = t4, u5 = t5, u6 = t6, u7 = t7;
        for (int row = 0; row < Limbs; row++)
        {
            Vector512<long> t8 = Vector512.Create(columns[Limbs + row]), u8 = t8;
            double* y = right + (row * Lanes);
            for (int term = 0; term < terms; term++, y += step)
            {
                double* x = left + places[term];
                Vector512<double> y0 = TRight.Load(y), y1 = TRight.Load(y + BlockLength), minus = -y1;
                Vector512<double> a0 = Vector512.Load(x), a1 = Vector512.Load(x + WideLength);
                AddProduct(a0, y0, high, both, ref t0, ref t1);
                AddProduct(a0, y1, high, both, ref u0, ref u1);
                AddProduct(a1, minus, high, both, ref t0, ref t1);
                AddProduct(a1, y0, high, both, ref u0, ref u1);
                a0 = Vector512.Load(x + WideRow);
                a1 = Vector512.Load(x + WideRow + WideLength);
                AddProduct(a0, y0, high, both, ref t1, ref t2);
                AddProduct(a0, y1, high, both, ref u1, ref u2);
                AddProduct(a1, minus, high, both, ref t1, ref t2);
                AddProduct(a1, y0, high, both, ref u1, ref u2);
                a0 = Vector512.Load(x + (2 * WideRow));
                a1 = Vector512.Load(x + (2 * WideRow) + WideLength);
                AddProduct(a0, y0, high, both, ref t2, ref t3);
                AddProduct(a0, y1, high, both, ref u2, ref u3);
                AddProduct(a1, minus, high, both, ref t2, ref t3);
                AddProduct(a1, y0, high, both, ref u2, ref u3);
                a0 = Vector512.Load(x + (3 * WideRow));
                a1 = Vector512.Load(x + (3 * WideRow) + WideLength);
                AddProduct(a0, y0, high, both, ref t3, ref t4);
                AddProduct(a0, y1, high, both, ref u3, ref u4);
                AddProduct(a1, minus, high, both, ref t3, ref t4);
                AddProduct(a1, y0, high, both, ref u3, ref u4);
                a0 = Vector512.Load(x + (4 * WideRow));
                a1 = Vector512.Load(x + (4 * WideRow) + WideLength);
                AddProduct(a0, y0, high, both, ref t4, ref t5);
                AddProduct(a0, y1, high, both, ref u4, ref u5);
                AddProduct(a1, minus, high, both, ref t4, ref t5);
                AddProduct(a1, y0, high, both, ref u4, ref u5);
                a0 = Vector512.Load(x + (5 * WideRow));
                a1 = Vector512.Load(x + (5 * WideRow) + WideLength);
                AddProduct(a0, y0, high, both, ref t5, ref t6);
                AddProduct(a0, y1, high, both, ref u5, ref u6);
                AddProduct(a1, minus, high, both, ref t5, ref t6);
                AddProduct(a1, y0, high, both, ref u5, ref u6);
                a0 = Vector512.Load(x + (6 * WideRow));
                a1 = Vector512.Load(x + (6 * WideRow) + WideLength);
                AddProduct(a0, y0, high, both, ref t6, ref t7);
                AddProduct(a0, y1, high, both, ref u6, ref u7);
                AddProduct(a1, minus, high, both, ref t6, ref t7);
                AddProduct(a1, y0, high, both, ref u6, ref u7);
                a0 = Vector512.Load(x + (7 * WideRow));
                a1 = Vector512.Load(x + (7 * WideRow) + WideLength);
                AddProduct(a0, y0, high, both, ref t7, ref t8);
                AddProduct(a0, y1, high, both, ref u7, ref u8);
                AddProduct(a1, minus, high, both, ref t7, ref t8);
                AddProduct(a1, y0, high, both, ref u7, ref u8);
            }

            // Montgomery's step, as in a single product, for both coefficients side by side.
            Vector512<double> q = ClearingMultiple(t0), r = ClearingMultiple(u0);
            Vector512<double> p = Vector512.Create(modulus[0]);
            AddProduct(q, p, high, both, ref t0, ref t1);
            AddProduct(r, p, high, both, ref u0, ref u1);
            p = Vector512.Create(modulus[1]);
            AddProduct(q, p, high, both, ref t1, ref t2);
            AddProduct(r, p, high, both, ref u1, ref u2);
            p = Vector512.Create(modulus[2]);
            AddProduct(q, p, high, both, ref t2, ref t3);
            AddProduct(r, p, high, both, ref u2, ref u3);
            p = Vector512.Create(modulus[3]);
            AddProduct(q, p, high, both, ref t3, ref t4);
            AddProduct(r, p, high, both, ref u3, ref u4);
            p = Vector512.Create(modulus[4]);
            AddProduct(q, p, high, both, ref t4, ref t5);
            AddProduct(r, p, high, both, ref u4, ref u5);
            p = Vector512.Create(modulus[5]);
            AddProduct(q, p, high, both, ref t5, ref t6);
            AddProduct(r, p, high, both, ref u5, ref u6);
            p = Vector512.Create(modulus[6]);
            AddProduct(q, p, high, both, ref t6, ref t7);
            AddProduct(r, p, high, both, ref u6, ref u7);
            p = Vector512.Create(modulus[7]);
            AddProduct(q, p, high, both, ref t7, ref t8);
            AddProduct(r, p, high, both, ref u7, ref u8);
            t0 = t1 + Vector512.ShiftRightArithmetic(t0, 52);
            u0 = u1 + Vector512.ShiftRightArithmetic(u0, 52);
            (t1, t2, t3, t4, t5, t6, t7) = (t2, t3, t4, t5, t6, t7, t8);
            (u1, u2, u3, u4, u5, u6, u7) = (u2, u3, u4, u5, u6, u7, u8);
        }

        Store(t0, t1, t2, t3, t4, t5, t6, t7, sum);
        Store(u0, u1, u2, u3, u4, u5, u6, u7, sum + BlockLength);
    }

    // The multiple of p that clears the low 52 bits of a column.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ClearingMultiple(Vector512<long> column)
    {
        Vector512<long> low = Avx512DQ.MultiplyLow(column, Vector512.Create(NegativeInverse));
        Vector512<double> magic = Vector512.Create(LowMagic);
        return Vector512.ConditionalSelect(Vector512.Create(LimbMask), low, magic.AsInt64()).AsDouble() - magic;
    }
}
