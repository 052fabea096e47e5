using System.Runtime.Intrinsics;

namespace Federation.Proofs.Curve;

/// <summary>How a limb of a right operand of <see cref="FpAvx512.SumOfProducts"/> comes into eight lanes.</summary>
internal unsafe interface ILaneOperand
{
    /// <summary>The limb in each lane.</summary>
    static abstract Vector512<double> Load(double* limb);
}
