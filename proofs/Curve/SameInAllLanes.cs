using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Federation.Proofs.Curve;

/// <summary>One element for all lanes: that of the lane that is pointed to.</summary>
internal readonly unsafe struct SameInAllLanes : ILaneOperand
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load(double* limb) => Vector512.Create(*limb);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> LoadHalf(double* limb) => Vector256.Create(*limb);

    /// <inheritdoc/>
    public static int Offset(int lane) => 0;
}
