namespace Federation.Proofs.Fields;

/// <summary>
/// What a Fourier transform does with sixteen elements at a time, by one instruction set. A block is
/// <see cref="FrBlock.SizeBytes"/> long; what is in it is the kernel's own affair. Factors that a caller has loaded
/// from elements times <see cref="FactorScale"/> leave the scale of what they multiply unchanged.
/// Allocation-free, safe to call from many threads.
/// </summary>
internal unsafe interface IFrTransformKernel
{
    /// <summary>What elements are multiplied with before they are loaded as factors.</summary>
    static abstract Fr FactorScale { get; }

    /// <summary>Reads sixteen elements, lane i from <paramref name="source"/>[i · stride].</summary>
    static abstract void Load(Fr* source, nint stride, double* block);

    /// <summary>Writes sixteen elements, lane i to <paramref name="destination"/>[i · stride], below r.</summary>
    /// <param name="block">Elements of at most 16·r.</param>
    /// <param name="destination">Elements.</param>
    /// <param name="stride">Distance of two lanes, in elements.</param>
    static abstract void Store(double* block, Fr* destination, nint stride);

    /// <summary>Where the factor of one lane begins, in blocks that lie one after another.</summary>
    static abstract double* Factor(double* blocks, int index);

    /// <summary>Multiplies all lanes by one factor. The product may lie over the block.</summary>
    static abstract void Scale(double* block, double* factor, long* columns, double* product);

    /// <summary>Lane j of block i becomes lane i of block j, in sixteen blocks.</summary>
    static abstract void Transpose(double* blocks);

    /// <summary>
    /// x + y·factor and x - y·factor, over x and y. Their magnitudes are at most that of x, and r/2, and of y times
    /// r / 2^260 times that of the factor.
    /// </summary>
    static abstract void Evaluate(double* x, double* y, double* factor, long* columns);

    /// <summary>The same with a factor for each lane.</summary>
    static abstract void EvaluateLanes(double* x, double* y, double* factors, long* columns);

    /// <summary>
    /// x + y and (x - y)·factor, over x and y. Both operands are at most 0.6·r in magnitude, as what
    /// <see cref="Load"/> leaves is, and so are the results.
    /// </summary>
    static abstract void Interpolate(double* x, double* y, double* factor, long* columns);

    /// <summary>The same with a factor for each lane.</summary>
    static abstract void InterpolateLanes(double* x, double* y, double* factors, long* columns);
}
