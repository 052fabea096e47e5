using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Federation.Proofs.Fields.FrColumns;
using static Federation.Proofs.Fields.LimbProducts;

namespace Federation.Proofs.Fields;

/// <summary>
/// Arithmetic on <see cref="FrBlock"/> with the double-precision FMA of AVX-512: the upper half of a limb product is
/// rounded toward zero into a sum of known exponent, the lower half is what that sum left (Emmart, Zheng, Weems: Faster
/// Modular Exponentiation Using Double Precision Floating Point Arithmetic on the GPU, ARITH 2018).
/// The two groups of a block go through a kernel step by step beside one another, since one chain of dependent
/// instructions leaves half of the units idle.
/// </summary>
internal readonly unsafe partial struct FrAvx512 : IFrKernel
{
    private const int Group = FrBlock.GroupSize, Lanes = FrBlock.Lanes;

    /// <summary>True where the machine has the instructions.</summary>
    public static bool IsSupported => Avx512F.IsSupported && Avx512DQ.IsSupported;

    /// <inheritdoc/>
    public static void Broadcast(double* limbs, double* block)
    {
        for (int i = 0; i < FrBlock.Limbs; i++)
        {
            Vector512.Create(limbs[i]).Store(block + (i * Lanes));
            Vector512.Create(limbs[i]).Store(block + Group + (i * Lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(
        Vector512<double> a0, Vector512<double> a1, Vector512<double> a2, Vector512<double> a3, Vector512<double> a4,
        Vector512<double> b, Vector512<double> high, Vector512<double> both,
        ref Vector512<long> t0, ref Vector512<long> t1, ref Vector512<long> t2,
        ref Vector512<long> t3, ref Vector512<long> t4, ref Vector512<long> t5)
    {
        AddProduct(a0, b, high, both, ref t0, ref t1);
        AddProduct(a1, b, high, both, ref t1, ref t2);
        AddProduct(a2, b, high, both, ref t2, ref t3);
        AddProduct(a3, b, high, both, ref t3, ref t4);
        AddProduct(a4, b, high, both, ref t4, ref t5);
    }

    // Montgomery step on the lowest column. Since r = 1 - 2^32 modulo 2^64, the multiple of r to subtract is
    // q = t0 · (1 + 2^32) modulo 2^52, without a product; of q · r, its last word needs none either: it is
    // q - q · 2^32, and t0 less that is the carry and q / 2^20, times 2^52. The rest of r is in the fold constants.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce(
        Vector512<double> high, Vector512<double> both, Vector512<long> t0,
        ref Vector512<long> t1, ref Vector512<long> t2, ref Vector512<long> t3, ref Vector512<long> t4,
        ref Vector512<long> t5)
    {
        Vector512<double> magic = Vector512.Create(LowMagic);
        Vector512<long> s = t0 + Vector512.ShiftRightLogical(Vector512.ShiftLeft(t0, 44), 12);
        Vector512<long> bits = Vector512.ConditionalSelect(Vector512.Create((1L << 52) - 1), s, magic.AsInt64());
        t1 += Vector512.ShiftRightArithmetic(s, 52);
        t1 += Vector512.ShiftRightLogical(Vector512.ShiftLeft(s, 12), 32);
        AddFolds(bits.AsDouble() - magic, high, both, ref t1, ref t2, ref t3, ref t4, ref t5);
    }

    // The last step takes q between -2^51 and 2^51, so that the result lies around zero, not below it: within r/2 and
    // 2^-260 of the sum that is reduced.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReduceLast(
        Vector512<double> high, Vector512<double> both, Vector512<long> t0,
        ref Vector512<long> t1, ref Vector512<long> t2, ref Vector512<long> t3, ref Vector512<long> t4,
        ref Vector512<long> t5)
    {
        Vector512<long> s = t0 + Vector512.ShiftRightLogical(Vector512.ShiftLeft(t0, 44), 12);
        Vector512<long> shifted = Vector512.ShiftLeft(s, 12);
        Vector512<long> q = Vector512.ShiftRightArithmetic(shifted, 12);
        t1 += Vector512.ShiftRightArithmetic(s - q, 52);
        t1 += Vector512.ShiftRightArithmetic(shifted, 32);
        AddFolds(Avx512DQ.ConvertToVector512Double(q), high, both, ref t1, ref t2, ref t3, ref t4, ref t5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFolds(
        Vector512<double> q, Vector512<double> high, Vector512<double> both,
        ref Vector512<long> t1, ref Vector512<long> t2, ref Vector512<long> t3, ref Vector512<long> t4,
        ref Vector512<long> t5)
    {
        AddProduct(q, Vector512.Create(Fold0), high, both, ref t1, ref t2);
        AddProduct(q, Vector512.Create(Fold1), high, both, ref t2, ref t3);
        AddProduct(q, Vector512.Create(Fold2), high, both, ref t3, ref t4);
        AddProduct(q, Vector512.Create(Fold3), high, both, ref t4, ref t5);
    }

    // One step of carries for all limbs at once: columns below 2^62 leave limbs of at most 2^51 + 2^10.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        Vector512<long> t0, Vector512<long> t1, Vector512<long> t2, Vector512<long> t3, Vector512<long> t4,
        double* limbs)
    {
        Vector512<long> half = Vector512.Create(1L << 51);
        Vector512<long> c0 = Vector512.ShiftRightArithmetic(t0 + half, 52);
        Vector512<long> c1 = Vector512.ShiftRightArithmetic(t1 + half, 52);
        Vector512<long> c2 = Vector512.ShiftRightArithmetic(t2 + half, 52);
        Vector512<long> c3 = Vector512.ShiftRightArithmetic(t3 + half, 52);
        StoreLimb(t0 - Vector512.ShiftLeft(c0, 52), limbs);
        StoreLimb(t1 - Vector512.ShiftLeft(c1, 52) + c0, limbs + Lanes);
        StoreLimb(t2 - Vector512.ShiftLeft(c2, 52) + c1, limbs + (2 * Lanes));
        StoreLimb(t3 - Vector512.ShiftLeft(c3, 52) + c2, limbs + (3 * Lanes));
        StoreLimb(t4 + c3, limbs + (4 * Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreLimb(Vector512<long> limb, double* destination) =>
        Avx512DQ.ConvertToVector512Double(limb).Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> LoadLimb(double* limb) => Avx512DQ.ConvertToVector512Int64(Vector512.Load(limb));
}
