namespace Federation.Proofs.Fields;

/// <summary>The paths of this machine.</summary>
public static class FieldPaths
{
    /// <summary>The fastest path that the machine's instructions allow.</summary>
    public static FieldPath Best =>
        FrAvx512.IsSupported ? FieldPath.Avx512 : FrAvx2.IsSupported ? FieldPath.Avx2 : FieldPath.Scalar;

    /// <summary>All paths that the machine's instructions allow.</summary>
    public static IReadOnlyList<FieldPath> Supported =>
        [.. Enum.GetValues<FieldPath>().Where(path => path <= Best)];
}
