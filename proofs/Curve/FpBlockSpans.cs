namespace Federation.Proofs.Curve;

/// <summary>
/// More operations of a kernel on spans, as in <see cref="FpLaneBlock{TKernel}"/>; any may lie over an operand.
/// </summary>
internal static unsafe class FpBlockSpans<TBlocks>
    where TBlocks : struct, IFpBlocks
{
    /// <summary>Sums, see <see cref="IFpBlocks.Add"/>.</summary>
    public static void Add(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> sum) =>
        Run(&TBlocks.Add, left, right, sum, FpAvx512.BlockLength);

    /// <summary>Differences, see <see cref="IFpBlocks.Subtract"/>.</summary>
    public static void Subtract(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> difference) =>
        Run(&TBlocks.Subtract, left, right, difference, FpAvx512.BlockLength);

    /// <summary>Products, see <see cref="IFpBlocks.MultiplyQuadratic"/>.</summary>
    public static void MultiplyQuadratic(
        ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product) =>
        Run(&TBlocks.MultiplyQuadratic, left, right, product, 2 * FpAvx512.BlockLength);

    private static void Run(
        delegate*<double*, double*, double*, void> operation,
        ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> result, int length)
    {
        if (left.Length != length || right.Length != length || result.Length != length)
        {
            throw new ArgumentException($"{left.Length}, {right.Length} and {result.Length} numbers, not {length}.");
        }

        fixed (double* a = left, b = right, c = result)
        {
            operation(a, b, c);
        }
    }
}
