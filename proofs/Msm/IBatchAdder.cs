using Federation.Proofs.Curve;

namespace Federation.Proofs.Msm;

/// <summary>
/// Additions of affine points that share one inversion. Operands are copied when they are queued, so that a sum may be
/// written over an operand of its own or of another addition. For one thread.
/// </summary>
internal unsafe interface IBatchAdder<TField> : IDisposable
    where TField : unmanaged, ICurveField<TField>
{
    /// <summary>
    /// Brings points into the form in which this adder takes points and leaves sums; infinity stays as it is.
    /// </summary>
    /// <param name="points">The first point.</param>
    /// <param name="count">Number of points.</param>
    /// <param name="plain">They are plain numbers, see <see cref="IPointSource{TField}.IsPlain"/>.</param>
    static abstract void Enter(AffinePoint<TField>* points, int count, bool plain);

    /// <summary>A point that has this adder's form, in the field's.</summary>
    static abstract AffinePoint<TField> Leave(in AffinePoint<TField> point);

    /// <summary>
    /// Queues left + right, for any points. The sum is at its destination after <see cref="Flush"/>, perhaps before.
    /// </summary>
    void Add(in AffinePoint<TField> left, in AffinePoint<TField> right, AffinePoint<TField>* sum);

    /// <summary>Does all that is queued.</summary>
    void Flush();
}
