namespace Federation.Proofs.Curve;

/// <summary>
/// A kernel of whole formulas: elements are within 4p. One of the quadratic extension is the block of c0 and then that
/// of c1.
/// </summary>
internal unsafe interface IFpBlocks : IFpLanes
{
    /// <summary>What brings an element from <see cref="Fp"/>'s Montgomery form into the kernel's.</summary>
    static abstract Fp EnterFactor { get; }

    /// <summary>Sums lane by lane, with limbs within their bound.</summary>
    static abstract void Add(double* left, double* right, double* sum);

    /// <summary>Differences lane by lane, with limbs within their bound.</summary>
    static abstract void Subtract(double* left, double* right, double* difference);

    /// <summary>Products of the quadratic extension lane by lane.</summary>
    static abstract void MultiplyQuadratic(double* left, double* right, double* product);
}
