using Federation.Proofs.Curve;

namespace Federation.Proofs.Msm;

/// <summary>The base field, eight elements at a time.</summary>
internal readonly unsafe struct FpLanes : ILaneField<Fp>
{
    /// <inheritdoc/>
    public static int Components => 1;

    /// <inheritdoc/>
    public static Fp EnterFactor { get; } = Fp.FromUInt64(1UL << 32);

    /// <inheritdoc/>
    public static Fp LeaveFactor { get; } = Fp.FromUInt64(1UL << 32).Inverse();

    /// <inheritdoc/>
    public static void Multiply(double* left, double* right, double* product) =>
        FpAvx512.Multiply(left, right, product);
}
