namespace Federation.Proofs.Fields;

/// <summary>The paths of this machine.</summary>
public static class FieldPaths
{
    /// <summary>The fastest path that the machine's instructions allow.</summary>
    public static FieldPath Best => FrAvx512.IsSupported ? FieldPath.Avx512 : FieldPath.Scalar;

    /// <summary>All paths that the machine's instructions allow.</summary>
    public static IReadOnlyList<FieldPath> Supported =>
        FrAvx512.IsSupported ? [FieldPath.Scalar, FieldPath.Avx512] : [FieldPath.Scalar];
}
