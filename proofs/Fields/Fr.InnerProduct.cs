using System.Runtime.CompilerServices;
using static Federation.Proofs.Fields.CarryWords;

namespace Federation.Proofs.Fields;

public readonly partial struct Fr
{
    /// <summary>
    /// Sum of the products of two vectors, with one Montgomery reduction for all of them: about half the work of
    /// reducing each product.
    /// </summary>
    /// <exception cref="ArgumentException">The vectors differ in length.</exception>
    public static Fr InnerProduct(ReadOnlySpan<Fr> left, ReadOnlySpan<Fr> right)
    {
        if (left.Length != right.Length)
        {
            throw new ArgumentException($"Vectors of {left.Length} and {right.Length} elements have no inner product.");
        }

        // The sum, 512 bits. It stays below r·2^256: each product is below r², and r < 2^255.
        ulong c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, c6 = 0, c7 = 0;
        for (int i = 0; i < left.Length; i++)
        {
            ref readonly Fr a = ref left[i];
            ref readonly Fr b = ref right[i];
            ulong overflow = 0;
            AddRow(a, b._limb0, ref c0, ref c1, ref c2, ref c3, ref c4, ref overflow);
            AddRow(a, b._limb1, ref c1, ref c2, ref c3, ref c4, ref c5, ref overflow);
            AddRow(a, b._limb2, ref c2, ref c3, ref c4, ref c5, ref c6, ref overflow);
            AddRow(a, b._limb3, ref c3, ref c4, ref c5, ref c6, ref c7, ref overflow);
            Fr high = SubtractModulusOnce(c4, c5, c6, c7);
            (c4, c5, c6, c7) = (high._limb0, high._limb1, high._limb2, high._limb3);
        }

        ulong carry = 0;
        ReduceRow(c0, ref c1, ref c2, ref c3, ref c4, ref carry);
        ReduceRow(c1, ref c2, ref c3, ref c4, ref c5, ref carry);
        ReduceRow(c2, ref c3, ref c4, ref c5, ref c6, ref carry);
        ReduceRow(c3, ref c4, ref c5, ref c6, ref c7, ref carry);
        return SubtractModulusOnce(c4, c5, c6, c7);
    }

    // Adds a·b, shifted to t0. The carry out of t4 goes to the limb above it, which the next row begins with.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(
        in Fr a, ulong b, ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3, ref ulong t4, ref ulong overflow)
    {
        ulong carry = 0;
        t0 = MultiplyAdd(a._limb0, b, t0, ref carry);
        t1 = MultiplyAdd(a._limb1, b, t1, ref carry);
        t2 = MultiplyAdd(a._limb2, b, t2, ref carry);
        t3 = MultiplyAdd(a._limb3, b, t3, ref carry);
        t4 = AddWithCarry(t4, carry, ref overflow);
    }

    // Adds the multiple of r that clears t0, which is then not looked at again.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReduceRow(
        ulong t0, ref ulong t1, ref ulong t2, ref ulong t3, ref ulong t4, ref ulong overflow)
    {
        ulong factor = ReductionFactor(t0, out ulong carry);
        t1 = MultiplyAdd(factor, Modulus1, t1, ref carry);
        t2 = MultiplyAdd(factor, Modulus2, t2, ref carry);
        t3 = MultiplyAdd(factor, Modulus3, t3, ref carry);
        t4 = AddWithCarry(t4, carry, ref overflow);
    }
}
