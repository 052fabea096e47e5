using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Federation.Proofs.Curve.FpLimbConstants;

namespace Federation.Proofs.Curve;

internal static unsafe partial class FpLimbLanes
{
    /// <summary>
    /// The square of a + b·s with s² = 1 + u, coefficients below p: c0 = a² + b²·(1 + u), c1 = 2ab. Four chains of rows
    /// side by side, one reduction each; no coefficient is above 9p² + p · 2^384 before it, which is below 2p · 2^384.
    /// </summary>
    [SkipLocalsInit]
    public static void SquareQuartic(in Fp2 a, in Fp2 b, out Fp2 c0, out Fp2 c1)
    {
        Vector512<ulong> wordsA0 = Load(a.C0), wordsA1 = Load(a.C1), wordsB0 = Load(b.C0), wordsB1 = Load(b.C1);
        Vector512<double> a0 = CutShifted(wordsA0), a1 = CutShifted(wordsA1);
        Vector512<double> b0 = CutShifted(wordsB0), b1 = CutShifted(wordsB1);
        Vector512<double> twiceA0 = CutShiftedTwice(wordsA0), twiceA1 = CutShiftedTwice(wordsA1);
        Vector512<double> twiceB0 = CutShiftedTwice(wordsB0);
        Vector512<double> cutA0 = Cut(wordsA0), cutA1 = Cut(wordsA1), cutB0 = Cut(wordsB0), cutB1 = Cut(wordsB1);
        double* rowsA0 = (double*)&cutA0, rowsA1 = (double*)&cutA1, rowsB0 = (double*)&cutB0, rowsB1 = (double*)&cutB1;
        Vector512<ulong> c00 = FirstOfTwoLessThree, c01 = FirstOfThreeLessOne;
        Vector512<ulong> c10 = FirstOfDifference, c11 = FirstOfSum;
        for (int row = 0; row < Rows; row++)
        {
            Vector512<ulong> high00 = default, high01 = default, high10 = default, high11 = default;
            Vector512<double> y = Vector512.Create(rowsA0[row]);
            AddProduct(a0, y, ref c00, ref high00);
            y = Vector512.Create(rowsA1[row]);
            SubtractProduct(a1, y, ref c00, ref high00);
            AddProduct(twiceA0, y, ref c01, ref high01);
            y = Vector512.Create(rowsB0[row]);
            AddToBoth(b0, y, ref c00, ref high00, ref c01, ref high01);
            AddProduct(twiceA0, y, ref c10, ref high10);
            AddProduct(twiceA1, y, ref c11, ref high11);
            y = Vector512.Create(rowsB1[row]);
            Part(b1, y, out Vector512<ulong> low, out Vector512<ulong> high);
            Part(twiceB0, y, out Vector512<ulong> crossLow, out Vector512<ulong> crossHigh);
            c00 -= low + crossLow;
            high00 -= high + crossHigh;
            c01 += crossLow - low;
            high01 += crossHigh - high;
            SubtractProduct(twiceA1, y, ref c10, ref high10);
            AddProduct(twiceA0, y, ref c11, ref high11);
            c00 = Reduce(c00, high00);
            c01 = Reduce(c01, high01);
            c10 = Reduce(c10, high10);
            c11 = Reduce(c11, high11);
        }

        Write(c00 + LastOfTwoLessThree, c01 + LastOfThreeLessOne, out c0);
        Write(c10 + LastOfDifference, c11 + LastOfSum, out c1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddToBoth(
        Vector512<double> a, Vector512<double> y, ref Vector512<ulong> column, ref Vector512<ulong> above,
        ref Vector512<ulong> otherColumn, ref Vector512<ulong> otherAbove)
    {
        Part(a, y, out Vector512<ulong> low, out Vector512<ulong> high);
        column += low;
        above += high;
        otherColumn += low;
        otherAbove += high;
    }
}
