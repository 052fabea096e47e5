namespace Federation.Proofs.Curve;

/// <summary>
/// Sums of products of the quadratic extension, in blocks as <see cref="FpAvx512"/> describes them, of elements of at
/// most 2^10 · p in magnitude.
/// </summary>
internal unsafe interface IFpKernel : IFpLanes
{
    /// <summary>
    /// Sums, lane by lane, of products of the quadratic extension, with one reduction for each coefficient:
    /// Montgomery's product of elements whose products' sum is at most 2^34 · p², again within p and a little.
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
