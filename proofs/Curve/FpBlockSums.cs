using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Federation.Proofs.Curve.FpAvx512;

namespace Federation.Proofs.Curve;

/// <summary>
/// Sums and differences of blocks (<see cref="IFpLanes"/>), with limbs within their bound, whatever a limb's size: the
/// kernels give it as constants, which are inlined with the loops. Results may lie over an operand. Allocation-free,
/// safe to call from many threads.
/// </summary>
internal static unsafe class FpBlockSums
{
    /// <summary>Sums lane by lane.</summary>
    /// <param name="left">A block.</param>
    /// <param name="right">A block.</param>
    /// <param name="sum">A block.</param>
    /// <param name="magic">A number whose sum with a limb has a last bit of the next limb's weight.</param>
    /// <param name="inverseLimb">What brings that bit to 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(double* left, double* right, double* sum, double magic, double inverseLimb)
    {
        Vector512<double> carry = Vector512<double>.Zero;
        for (int limb = 0; limb < BlockLength; limb += Lanes)
        {
            StoreCarried(
                Vector512.Load(left + limb) + Vector512.Load(right + limb), sum + limb, magic, inverseLimb, ref carry);
        }
    }

    /// <summary>Differences lane by lane, otherwise as <see cref="Add"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Subtract(double* left, double* right, double* difference, double magic, double inverseLimb)
    {
        Vector512<double> carry = Vector512<double>.Zero;
        for (int limb = 0; limb < BlockLength; limb += Lanes)
        {
            StoreCarried(
                Vector512.Load(left + limb) - Vector512.Load(right + limb), difference + limb, magic, inverseLimb,
                ref carry);
        }
    }

    /// <summary>
    /// Stores a limb without what belongs to the next, with what the one before it left over. The highest limb is
    /// small, so that nothing is carried out of it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreCarried(
        Vector512<double> limb, double* destination, double magic, double inverseLimb, ref Vector512<double> carry)
    {
        Vector512<double> rounder = Vector512.Create(magic), multiple = (limb + rounder) - rounder;
        (limb - multiple + carry).Store(destination);
        carry = multiple * Vector512.Create(inverseLimb);
    }
}
