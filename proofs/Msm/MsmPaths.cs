using Federation.Proofs.Curve;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Msm;

/// <summary>Multi-scalar multiplication by the additions that a path has.</summary>
internal static class MsmPaths
{
    /// <summary>Points of a window that a thread takes at a time: with what they need, they fit the third
    /// cache.</summary>
    public const int PartPoints = 1 << 16;

    /// <summary>The sum in G1 or G2.</summary>
    public static JacobianPoint<TField> Sum<TField, TSource>(
        in MsmInput input,
        TSource source,
        FieldPath path,
        int threads,
        int partPoints,
        CancellationToken cancellationToken)
        where TField : unmanaged, ICurveField<TField>
        where TSource : struct, IPointSource<TField> => path switch
        {
            FieldPath.Avx512 => MsmRun<TField, TSource, LaneBatchAdder<TField, FpAvx512>>.Sum(
                input, source, threads, partPoints, cancellationToken),
            FieldPath.Avx2 => MsmRun<TField, TSource, LaneBatchAdder<TField, FpFma>>.Sum(
                input, source, threads, partPoints, cancellationToken),
            _ => MsmRun<TField, TSource, ScalarBatchAdder<TField>>.Sum(
                input, source, threads, partPoints, cancellationToken),
        };

    /// <summary>A table of a point's multiples, in G1 or G2.</summary>
    public static IFixedBaseTable<TField> Table<TField>(
        FieldPath path, in AffinePoint<TField> point, long scalars)
        where TField : unmanaged, ICurveField<TField> => path switch
        {
            FieldPath.Avx512 => new FixedBaseTable<TField, LaneBatchAdder<TField, FpAvx512>>(point, scalars),
            FieldPath.Avx2 => new FixedBaseTable<TField, LaneBatchAdder<TField, FpFma>>(point, scalars),
            _ => new FixedBaseTable<TField, ScalarBatchAdder<TField>>(point, scalars),
        };
}
