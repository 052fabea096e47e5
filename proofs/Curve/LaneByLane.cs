using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Federation.Proofs.Curve;

/// <summary>Eight elements, one for each lane.</summary>
internal readonly unsafe struct LaneByLane : ILaneOperand
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load(double* limb) => Vector512.Load(limb);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> LoadHalf(double* limb) => Vector256.Load(limb);

    /// <inheritdoc/>
    public static int Offset(int lane) => lane;
}
