using Federation.Proofs.Curve;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Msm;

/// <summary>Multiples of one point, whatever adds them.</summary>
internal unsafe interface IFixedBaseTable<TField> : IDisposable
    where TField : unmanaged, ICurveField<TField>
{
    /// <summary>Writes the point times each scalar.</summary>
    void Multiply(
        Fr* scalars, int count, AffinePoint<TField>* products, int threads, CancellationToken cancellationToken);
}
