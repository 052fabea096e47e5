using System.Runtime.Intrinsics;

namespace Federation.Proofs.Curve;

/// <summary>How a limb of a right operand of <see cref="FpAvx512.SumOfProducts"/> comes into eight lanes.</summary>
internal unsafe interface ILaneOperand
{
    /// <summary>The limb in each lane.</summary>
    static abstract Vector512<double> Load(double* limb);

    /// <summary>The limb in each of four lanes.</summary>
    static abstract Vector256<double> LoadHalf(double* limb);

    /// <summary>Distance in doubles of a lane's operand from the first's.</summary>
    static abstract int Offset(int lane);
}
