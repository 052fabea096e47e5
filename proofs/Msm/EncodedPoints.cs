using Federation.Proofs.Curve;

namespace Federation.Proofs.Msm;

/// <summary>
/// Uncompressed encodings one after another in memory that stays mapped meanwhile, as parameter files have them. Their
/// form is checked when they are read; that they are points of the group is for the file's digest to tell.
/// </summary>
internal readonly unsafe struct EncodedPoints<TGroup, TField>(byte* first, long count) : IPointSource<TField>
    where TGroup : struct, ICurveGroup<TField>
    where TField : unmanaged, ICurveField<TField>
{
    private readonly byte* _first = first;

    /// <inheritdoc/>
    public long Count { get; } = count;

    /// <inheritdoc/>
    public AffinePoint<TField> Read(long index)
    {
        int bytes = 2 * TField.EncodedBytes;
        PointFault fault = PointCodec<TGroup, TField>.ReadUncompressed(
            new ReadOnlySpan<byte>(_first + (index * bytes), bytes), PointChecks.Form, out TField x, out TField y);
        return fault == PointFault.None
            ? new AffinePoint<TField>(x, y)
            : throw new InvalidPointException(TGroup.Name, fault);
    }
}
