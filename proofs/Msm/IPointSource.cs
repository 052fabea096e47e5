using Federation.Proofs.Curve;

namespace Federation.Proofs.Msm;

/// <summary>Where the bases of a multi-scalar multiplication are read, each once, by many threads.</summary>
internal interface IPointSource<TField>
    where TField : unmanaged, ICurveField<TField>
{
    /// <summary>Number of points.</summary>
    long Count { get; }

    /// <summary>
    /// True when coordinates are read as plain numbers below p, in words, and not in <see cref="Fp"/>'s Montgomery
    /// form; an adder's <see cref="IBatchAdder{TField}.Enter"/> then brings many of them into its own form at once.
    /// </summary>
    static abstract bool IsPlain { get; }

    /// <summary>The point at an index below <see cref="Count"/>.</summary>
    /// <exception cref="InvalidPointException">What is there is not a point.</exception>
    AffinePoint<TField> Read(long index);
}
