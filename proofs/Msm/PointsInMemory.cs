using Federation.Proofs.Curve;

namespace Federation.Proofs.Msm;

/// <summary>Points one after another in memory that does not move meanwhile.</summary>
internal readonly unsafe struct PointsInMemory<TField>(AffinePoint<TField>* first, long count) : IPointSource<TField>
    where TField : unmanaged, ICurveField<TField>
{
    private readonly AffinePoint<TField>* _first = first;

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public long Count { get; } = count;

    /// <inheritdoc/>
    public AffinePoint<TField> Read(long index) => _first[index];
}
