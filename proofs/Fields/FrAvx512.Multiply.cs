using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Federation.Proofs.Fields.FrColumns;

namespace Federation.Proofs.Fields;

internal readonly unsafe partial struct FrAvx512
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(double* left, double* right, long* columns, double* product)
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

        Vector512<long> tx0 = Vector512.Create(columns[0]);
        Vector512<long> ty0 = Vector512.Create(columns[0]);
        Vector512<long> tx1 = Vector512.Create(columns[1]);
        Vector512<long> ty1 = Vector512.Create(columns[1]);
        Vector512<long> tx2 = Vector512.Create(columns[2]);
        Vector512<long> ty2 = Vector512.Create(columns[2]);
        Vector512<long> tx3 = Vector512.Create(columns[3]);
        Vector512<long> ty3 = Vector512.Create(columns[3]);
        Vector512<long> tx4 = Vector512.Create(columns[4]);
        Vector512<long> ty4 = Vector512.Create(columns[4]);
        Vector512<long> tx5 = Vector512.Create(columns[5]);
        Vector512<long> ty5 = Vector512.Create(columns[5]);
        AddRow(
            ax0, ax1, ax2, ax3, ax4, Vector512.Load(right), high, both,
            ref tx0, ref tx1, ref tx2, ref tx3, ref tx4, ref tx5);
        AddRow(
            ay0, ay1, ay2, ay3, ay4, Vector512.Load(right + Group), high, both,
            ref ty0, ref ty1, ref ty2, ref ty3, ref ty4, ref ty5);

        Vector512<long> tx6 = Vector512.Create(columns[6]);
        Vector512<long> ty6 = Vector512.Create(columns[6]);
        AddRow(
            ax0, ax1, ax2, ax3, ax4, Vector512.Load(right + Lanes), high, both,
            ref tx1, ref tx2, ref tx3, ref tx4, ref tx5, ref tx6);
        AddRow(
            ay0, ay1, ay2, ay3, ay4, Vector512.Load(right + Group + Lanes), high, both,
            ref ty1, ref ty2, ref ty3, ref ty4, ref ty5, ref ty6);
        Reduce(high, both, tx0, ref tx1, ref tx2, ref tx3, ref tx4, ref tx5);
        Reduce(high, both, ty0, ref ty1, ref ty2, ref ty3, ref ty4, ref ty5);

        Vector512<long> tx7 = Vector512.Create(columns[7]);
        Vector512<long> ty7 = Vector512.Create(columns[7]);
        AddRow(
            ax0, ax1, ax2, ax3, ax4, Vector512.Load(right + (2 * Lanes)), high, both,
            ref tx2, ref tx3, ref tx4, ref tx5, ref tx6, ref tx7);
        AddRow(
            ay0, ay1, ay2, ay3, ay4, Vector512.Load(right + Group + (2 * Lanes)), high, both,
            ref ty2, ref ty3, ref ty4, ref ty5, ref ty6, ref ty7);
        Reduce(high, both, tx1, ref tx2, ref tx3, ref tx4, ref tx5, ref tx6);
        Reduce(high, both, ty1, ref ty2, ref ty3, ref ty4, ref ty5, ref ty6);

        Vector512<long> tx8 = Vector512.Create(columns[8]);
        Vector512<long> ty8 = Vector512.Create(columns[8]);
        AddRow(
            ax0, ax1, ax2, ax3, ax4, Vector512.Load(right + (3 * Lanes)), high, both,
            ref tx3, ref tx4, ref tx5, ref tx6, ref tx7, ref tx8);
        AddRow(
            ay0, ay1, ay2, ay3, ay4, Vector512.Load(right + Group + (3 * Lanes)), high, both,
            ref ty3, ref ty4, ref ty5, ref ty6, ref ty7, ref ty8);
        Reduce(high, both, tx2, ref tx3, ref tx4, ref tx5, ref tx6, ref tx7);
        Reduce(high, both, ty2, ref ty3, ref ty4, ref ty5, ref ty6, ref ty7);

        Vector512<long> tx9 = Vector512.Create(columns[9]);
        Vector512<long> ty9 = Vector512.Create(columns[9]);
        AddRow(
            ax0, ax1, ax2, ax3, ax4, Vector512.Load(right + (4 * Lanes)), high, both,
            ref tx4, ref tx5, ref tx6, ref tx7, ref tx8, ref tx9);
        AddRow(
            ay0, ay1, ay2, ay3, ay4, Vector512.Load(right + Group + (4 * Lanes)), high, both,
            ref ty4, ref ty5, ref ty6, ref ty7, ref ty8, ref ty9);
        Reduce(high, both, tx3, ref tx4, ref tx5, ref tx6, ref tx7, ref tx8);
        Reduce(high, both, ty3, ref ty4, ref ty5, ref ty6, ref ty7, ref ty8);

        ReduceLast(high, both, tx4, ref tx5, ref tx6, ref tx7, ref tx8, ref tx9);
        ReduceLast(high, both, ty4, ref ty5, ref ty6, ref ty7, ref ty8, ref ty9);
        Store(tx5, tx6, tx7, tx8, tx9, product);
        Store(ty5, ty6, ty7, ty8, ty9, product + Group);
    }
}
