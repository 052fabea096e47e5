using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Federation.Proofs.Fields.FrColumns;
using static Federation.Proofs.Fields.LimbProducts;

namespace Federation.Proofs.Fields;

internal readonly unsafe partial struct FrAvx512
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Square(double* value, long* columns, double* square)
    {
        Vector512<double> high = Vector512.Create(HighMagic), both = Vector512.Create(HighMagic + LowMagic);

        Vector512<double> ax0 = Vector512.Load(value);
        Vector512<double> ay0 = Vector512.Load(value + Group);
        Vector512<double> ax1 = Vector512.Load(value + Lanes);
        Vector512<double> ay1 = Vector512.Load(value + Group + Lanes);
        Vector512<double> ax2 = Vector512.Load(value + (2 * Lanes));
        Vector512<double> ay2 = Vector512.Load(value + Group + (2 * Lanes));
        Vector512<double> ax3 = Vector512.Load(value + (3 * Lanes));
        Vector512<double> ay3 = Vector512.Load(value + Group + (3 * Lanes));
        Vector512<double> ax4 = Vector512.Load(value + (4 * Lanes));
        Vector512<double> ay4 = Vector512.Load(value + Group + (4 * Lanes));

        Vector512<long> tx1 = Vector512<long>.Zero;
        Vector512<long> ty1 = Vector512<long>.Zero;
        Vector512<long> tx2 = Vector512<long>.Zero;
        Vector512<long> ty2 = Vector512<long>.Zero;
        Vector512<long> tx3 = Vector512<long>.Zero;
        Vector512<long> ty3 = Vector512<long>.Zero;
        Vector512<long> tx4 = Vector512<long>.Zero;
        Vector512<long> ty4 = Vector512<long>.Zero;
        Vector512<long> tx5 = Vector512<long>.Zero;
        Vector512<long> ty5 = Vector512<long>.Zero;
        Vector512<long> tx6 = Vector512<long>.Zero;
        Vector512<long> ty6 = Vector512<long>.Zero;
        Vector512<long> tx7 = Vector512<long>.Zero;
        Vector512<long> ty7 = Vector512<long>.Zero;
        Vector512<long> tx8 = Vector512<long>.Zero;
        Vector512<long> ty8 = Vector512<long>.Zero;

        AddProduct(ax0, ax1, high, both, ref tx1, ref tx2);
        AddProduct(ay0, ay1, high, both, ref ty1, ref ty2);
        AddProduct(ax0, ax2, high, both, ref tx2, ref tx3);
        AddProduct(ay0, ay2, high, both, ref ty2, ref ty3);
        AddProduct(ax0, ax3, high, both, ref tx3, ref tx4);
        AddProduct(ay0, ay3, high, both, ref ty3, ref ty4);
        AddProduct(ax1, ax2, high, both, ref tx3, ref tx4);
        AddProduct(ay1, ay2, high, both, ref ty3, ref ty4);
        AddProduct(ax0, ax4, high, both, ref tx4, ref tx5);
        AddProduct(ay0, ay4, high, both, ref ty4, ref ty5);
        AddProduct(ax1, ax3, high, both, ref tx4, ref tx5);
        AddProduct(ay1, ay3, high, both, ref ty4, ref ty5);
        AddProduct(ax1, ax4, high, both, ref tx5, ref tx6);
        AddProduct(ay1, ay4, high, both, ref ty5, ref ty6);
        AddProduct(ax2, ax3, high, both, ref tx5, ref tx6);
        AddProduct(ay2, ay3, high, both, ref ty5, ref ty6);
        AddProduct(ax2, ax4, high, both, ref tx6, ref tx7);
        AddProduct(ay2, ay4, high, both, ref ty6, ref ty7);
        AddProduct(ax3, ax4, high, both, ref tx7, ref tx8);
        AddProduct(ay3, ay4, high, both, ref ty7, ref ty8);

        // Twice the sums of a(i) · a(j), i < j; the starting values count their exponents twice as well.
        Vector512<long> tx0 = Vector512.Create(columns[0]);
        Vector512<long> ty0 = Vector512.Create(columns[0]);
        tx1 = tx1 + tx1 + Vector512.Create(columns[1]);
        ty1 = ty1 + ty1 + Vector512.Create(columns[1]);
        tx2 = tx2 + tx2 + Vector512.Create(columns[2]);
        ty2 = ty2 + ty2 + Vector512.Create(columns[2]);
        tx3 = tx3 + tx3 + Vector512.Create(columns[3]);
        ty3 = ty3 + ty3 + Vector512.Create(columns[3]);
        tx4 = tx4 + tx4 + Vector512.Create(columns[4]);
        ty4 = ty4 + ty4 + Vector512.Create(columns[4]);
        tx5 = tx5 + tx5 + Vector512.Create(columns[5]);
        ty5 = ty5 + ty5 + Vector512.Create(columns[5]);
        tx6 = tx6 + tx6 + Vector512.Create(columns[6]);
        ty6 = ty6 + ty6 + Vector512.Create(columns[6]);
        tx7 = tx7 + tx7 + Vector512.Create(columns[7]);
        ty7 = ty7 + ty7 + Vector512.Create(columns[7]);
        tx8 = tx8 + tx8 + Vector512.Create(columns[8]);
        ty8 = ty8 + ty8 + Vector512.Create(columns[8]);
        Vector512<long> tx9 = Vector512.Create(columns[9]);
        Vector512<long> ty9 = Vector512.Create(columns[9]);

        AddProduct(ax0, ax0, high, both, ref tx0, ref tx1);
        AddProduct(ay0, ay0, high, both, ref ty0, ref ty1);
        Reduce(high, both, tx0, ref tx1, ref tx2, ref tx3, ref tx4, ref tx5);
        Reduce(high, both, ty0, ref ty1, ref ty2, ref ty3, ref ty4, ref ty5);
        AddProduct(ax1, ax1, high, both, ref tx2, ref tx3);
        AddProduct(ay1, ay1, high, both, ref ty2, ref ty3);
        Reduce(high, both, tx1, ref tx2, ref tx3, ref tx4, ref tx5, ref tx6);
        Reduce(high, both, ty1, ref ty2, ref ty3, ref ty4, ref ty5, ref ty6);
        AddProduct(ax2, ax2, high, both, ref tx4, ref tx5);
        AddProduct(ay2, ay2, high, both, ref ty4, ref ty5);
        Reduce(high, both, tx2, ref tx3, ref tx4, ref tx5, ref tx6, ref tx7);
        Reduce(high, both, ty2, ref ty3, ref ty4, ref ty5, ref ty6, ref ty7);
        AddProduct(ax3, ax3, high, both, ref tx6, ref tx7);
        AddProduct(ay3, ay3, high, both, ref ty6, ref ty7);
        Reduce(high, both, tx3, ref tx4, ref tx5, ref tx6, ref tx7, ref tx8);
        Reduce(high, both, ty3, ref ty4, ref ty5, ref ty6, ref ty7, ref ty8);
        AddProduct(ax4, ax4, high, both, ref tx8, ref tx9);
        AddProduct(ay4, ay4, high, both, ref ty8, ref ty9);
        ReduceLast(high, both, tx4, ref tx5, ref tx6, ref tx7, ref tx8, ref tx9);
        ReduceLast(high, both, ty4, ref ty5, ref ty6, ref ty7, ref ty8, ref ty9);
        Store(tx5, tx6, tx7, tx8, tx9, square);
        Store(ty5, ty6, ty7, ty8, ty9, square + Group);
    }
}
