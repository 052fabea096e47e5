using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Federation.Proofs.Curve.FpAvx512;

namespace Federation.Proofs.Curve;

internal static unsafe partial class Fp12Lanes<TKernel>
    where TKernel : struct, IFpKernel
{
    // Elements of the base field that a line has; blocks of eight lines, the last of which is not full.
    private const int PartsOfLine = 6;
    private const int Batches = (G2Prepared.Lines + Lanes - 1) / Lanes;
    private const int BatchLength = PartsOfLine * BlockLength, LinesLength = Batches * BatchLength;

    /// <summary>The loop of <see cref="Pairing.MillerLoop"/>, of points of which none is infinity.</summary>
    [SkipLocalsInit]
    public static Fp12 MillerLoop(ReadOnlySpan<G1Affine> p, ReadOnlySpan<G2Prepared> q)
    {
        double* room = stackalloc double[Length + Lanes];
        double* value = Align(room);
        Enter(Fp12.One, value);
        var lines = (double*)NativeMemory.AlignedAlloc(
            (nuint)p.Length * LinesLength * sizeof(double), Alignment);
        try
        {
            for (int i = 0; i < p.Length; i++)
            {
                Evaluate(p[i], q[i], lines + (i * LinesLength));
            }

            int next = 0;
            for (int bit = 62; bit >= 0; bit--)
            {
                Multiply(value, value, value);
                MultiplyByLines(value, lines, p.Length, next++);
                if (((Endomorphisms.NegativeX >> bit) & 1) != 0)
                {
                    MultiplyByLines(value, lines, p.Length, next++);
                }
            }
        }
        finally
        {
            NativeMemory.AlignedFree(lines);
        }

        return Leave(value).Conjugate();
    }

    // The line's coefficients are those of 1, v = w² and v·w = w³.
    [SkipLocalsInit]
    private static void MultiplyByLines(double* value, double* lines, int points, int line)
    {
        double* room = stackalloc double[Wide + Lanes];
        double* wide = Align(room);
        int* places = stackalloc int[3] { Unturned, Unturned - 2, Unturned - 3 };
        lines += (line / Lanes * BatchLength) + (line % Lanes);
        for (int i = 0; i < points; i++, lines += LinesLength)
        {
            Widen(value, wide);
            TKernel.SumOfProducts<SameInAllLanes>(wide, places, lines, Length, 3, value);
        }
    }

    /// <summary>
    /// A point's lines at a point of G1, eight lines to a batch: blocks of the parts c0 and c1 of the first
    /// coefficient, of the second times x, and of the third times y.
    /// </summary>
    [SkipLocalsInit]
    private static void Evaluate(in G1Affine point, G2Prepared lines, double* evaluated)
    {
        double* room = stackalloc double[(PartsOfLine / 2 * BlockLength) + Lanes];
        double* factors = Align(room);
        Spread(EnterFactor, factors);
        Spread(point.X * EnterFactor, factors + BlockLength);
        Spread(point.Y * EnterFactor, factors + (2 * BlockLength));
        MillerLine* eight = stackalloc MillerLine[Lanes];
        for (int batch = 0; batch < Batches; batch++)
        {
            for (int i = 0; i < Lanes; i++)
            {
                int line = (batch * Lanes) + i;
                eight[i] = line < G2Prepared.Lines ? lines[line] : default;
            }

            for (int part = 0; part < PartsOfLine; part++, evaluated += BlockLength)
            {
                TKernel.Load((ulong*)eight + (part * Words), PartsOfLine * Words, evaluated);
                TKernel.Multiply(evaluated, factors + (part / 2 * BlockLength), evaluated);
            }
        }
    }
}
