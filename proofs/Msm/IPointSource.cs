using Federation.Proofs.Curve;

namespace Federation.Proofs.Msm;

/// <summary>Where the bases of a multi-scalar multiplication are read, each once, by many threads.</summary>
internal interface IPointSource<TField>
    where TField : unmanaged, ICurveField<TField>
{
    /// <summary>Number of points.</summary>
    long Count { get; }

    /// <summary>The point at an index below <see cref="Count"/>.</summary>
    /// <exception cref="InvalidPointException">What is there is not a point.</exception>
    AffinePoint<TField> Read(long index);
}
