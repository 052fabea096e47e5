namespace Federation.Proofs.Curve;

/// <summary>
/// Arithmetic on eight elements of the base field at a time, in blocks as <see cref="FpAvx512"/> describes them. Blocks
/// may lie over each other where a result takes an operand's place.
/// </summary>
internal unsafe interface IFpKernel
{
    /// <summary>True where the machine has the instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>Limbs of eight integers below 2^384, of six words each, least significant first.</summary>
    /// <param name="words">The words of the first lane.</param>
    /// <param name="stride">Distance of two lanes in words.</param>
    /// <param name="block">The limbs.</param>
    static abstract void Load(ulong* words, nint stride, double* block);

    /// <summary>
    /// The words of the least representatives of elements of at most 2^10 · p in magnitude, as <see cref="Load"/> reads
    /// them.
    /// </summary>
    static abstract void Save(double* block, ulong* words, nint stride);

    /// <summary>Products lane by lane.</summary>
    static abstract void Multiply(double* left, double* right, double* product);

    /// <summary>
    /// Sums, lane by lane, of products of the quadratic extension, with one reduction for each coefficient: Montgomery's
    /// product of elements whose products' sum is at most 2^34 · p², again within p and a little.
    /// </summary>
    /// <typeparam name="TRight">Whether a right operand is the same in all lanes.</typeparam>
    /// <param name="left">Left operands in rows of <see cref="FpAvx512.WideRow"/>, c0 and c1.</param>
    /// <param name="places">Where in a row each product has its left operand.</param>
    /// <param name="right">Right operands: blocks, c0 and c1.</param>
    /// <param name="step">Distance in doubles of the right operands of two products.</param>
    /// <param name="terms">Number of products, at most <see cref="FpAvx512.MostTerms"/>.</param>
    /// <param name="sum">Two blocks.</param>
    static abstract void SumOfProducts<TRight>(
        double* left, int* places, double* right, int step, int terms, double* sum)
        where TRight : struct, ILaneOperand;
}
