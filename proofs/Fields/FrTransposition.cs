using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Federation.Proofs.Fields;

/// <summary>
/// Words of elements into lanes and back, and blocks across their lanes, with AVX2, which serves both vector kernels.
/// </summary>
internal static unsafe class FrTransposition
{
    private const int Width = 4, Blocks = 16, Block = 2 * FrBlock.GroupSize;

    /// <summary>Where the factor of one lane begins, in blocks that lie one after another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double* Factor(double* blocks, int index) => blocks
        + (index / FrBlock.Lanes * FrBlock.GroupSize) + (index % FrBlock.Lanes);

    /// <summary>Word i of four elements, the distance of which is given in words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(
        ulong* source, nint stride, out Vector256<ulong> w0, out Vector256<ulong> w1, out Vector256<ulong> w2,
        out Vector256<ulong> w3) => Transpose(
            Vector256.Load(source), Vector256.Load(source + stride), Vector256.Load(source + (2 * stride)),
            Vector256.Load(source + (3 * stride)), out w0, out w1, out w2, out w3);

    /// <summary>Writes what <see cref="Load"/> reads.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(
        Vector256<ulong> w0, Vector256<ulong> w1, Vector256<ulong> w2, Vector256<ulong> w3, ulong* destination,
        nint stride)
    {
        Transpose(
            w0, w1, w2, w3,
            out Vector256<ulong> e0, out Vector256<ulong> e1, out Vector256<ulong> e2, out Vector256<ulong> e3);
        e0.Store(destination);
        e1.Store(destination + stride);
        e2.Store(destination + (2 * stride));
        e3.Store(destination + (3 * stride));
    }

    /// <summary>Lane j of block i becomes lane i of block j, in sixteen blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(double* blocks)
    {
        for (int limb = 0; limb < FrBlock.Limbs; limb++)
        {
            double* first = blocks + (limb * FrBlock.Lanes);
            for (int row = 0; row < Blocks; row += Width)
            {
                for (int column = row; column < Blocks; column += Width)
                {
                    Exchange(Tile(first, row, column), Tile(first, column, row));
                }
            }
        }
    }

    // Four blocks from a row on, at four lanes from a column on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong* Tile(double* first, int row, int column) => (ulong*)(Factor(first, column) + (row * Block));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exchange(ulong* a, ulong* b)
    {
        Load(a, Block, out Vector256<ulong> a0, out Vector256<ulong> a1, out Vector256<ulong> a2,
            out Vector256<ulong> a3);
        Load(b, Block, out Vector256<ulong> b0, out Vector256<ulong> b1, out Vector256<ulong> b2,
            out Vector256<ulong> b3);
        b0.Store(a);
        b1.Store(a + Block);
        b2.Store(a + (2 * Block));
        b3.Store(a + (3 * Block));
        a0.Store(b);
        a1.Store(b + Block);
        a2.Store(b + (2 * Block));
        a3.Store(b + (3 * Block));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        Vector256<ulong> e0, Vector256<ulong> e1, Vector256<ulong> e2, Vector256<ulong> e3,
        out Vector256<ulong> w0, out Vector256<ulong> w1, out Vector256<ulong> w2, out Vector256<ulong> w3)
    {
        Vector256<ulong> a = Avx2.UnpackLow(e0, e1), b = Avx2.UnpackHigh(e0, e1);
        Vector256<ulong> c = Avx2.UnpackLow(e2, e3), d = Avx2.UnpackHigh(e2, e3);
        w0 = Avx2.Permute2x128(a, c, 0x20);
        w1 = Avx2.Permute2x128(b, d, 0x20);
        w2 = Avx2.Permute2x128(a, c, 0x31);
        w3 = Avx2.Permute2x128(b, d, 0x31);
    }
}
