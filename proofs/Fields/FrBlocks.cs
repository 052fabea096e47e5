namespace Federation.Proofs.Fields;

/// <summary>
/// Operations on many elements of the scalar field at once, in <see cref="FrBlock"/>s. Results are not the least
/// representatives: they are congruent and within the bounds told. Only where <see cref="IsSupported"/> says so.
/// Allocation-free, safe to call from many threads.
/// </summary>
public static class FrBlocks
{
    /// <summary>True where the machine has instructions for blocks.</summary>
    public static bool IsSupported => FieldPaths.Best != FieldPath.Scalar;

    /// <summary>Brings elements into blocks, sixteen each; the results are within r.</summary>
    /// <exception cref="ArgumentException">The elements do not fill the blocks.</exception>
    /// <exception cref="PlatformNotSupportedException">The machine has no instructions for it.</exception>
    public static void FromFr(ReadOnlySpan<Fr> elements, Span<FrBlock> blocks) =>
        FromFr(FieldPaths.Best, elements, blocks);

    /// <summary>Takes elements out of blocks.</summary>
    /// <exception cref="ArgumentException">The elements do not fill the blocks.</exception>
    /// <exception cref="PlatformNotSupportedException">The machine has no instructions for it.</exception>
    public static void ToFr(ReadOnlySpan<FrBlock> blocks, Span<Fr> elements) =>
        ToFr(FieldPaths.Best, blocks, elements);

    /// <summary>
    /// Products element by element. For elements within m·r and n·r, a product is within (1/2 + m·n/35)·r.
    /// <paramref name="product"/> may be an operand.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="PlatformNotSupportedException">The machine has no instructions for it.</exception>
    public static void Multiply(ReadOnlySpan<FrBlock> left, ReadOnlySpan<FrBlock> right, Span<FrBlock> product) =>
        Multiply(FieldPaths.Best, left, right, product);

    /// <summary>Squares element by element, with the bounds of products. The result may be the operand.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="PlatformNotSupportedException">The machine has no instructions for it.</exception>
    public static void Square(ReadOnlySpan<FrBlock> values, Span<FrBlock> squares) =>
        Square(FieldPaths.Best, values, squares);

    internal static void FromFr(FieldPath path, ReadOnlySpan<Fr> elements, Span<FrBlock> blocks)
    {
        RequireFilled(elements.Length, blocks.Length);
        switch (path)
        {
            case FieldPath.Avx512: FrBlockLoops<FrAvx512>.FromFr(elements, blocks); break;
            case FieldPath.Avx2: FrBlockLoops<FrAvx2>.FromFr(elements, blocks); break;
            default: throw Unsupported();
        }
    }

    internal static void ToFr(FieldPath path, ReadOnlySpan<FrBlock> blocks, Span<Fr> elements)
    {
        RequireFilled(elements.Length, blocks.Length);
        switch (path)
        {
            case FieldPath.Avx512: FrBlockLoops<FrAvx512>.ToFr(blocks, elements); break;
            case FieldPath.Avx2: FrBlockLoops<FrAvx2>.ToFr(blocks, elements); break;
            default: throw Unsupported();
        }
    }

    internal static void Multiply(
        FieldPath path, ReadOnlySpan<FrBlock> left, ReadOnlySpan<FrBlock> right, Span<FrBlock> product)
    {
        RequireSame(left.Length, product.Length);
        RequireSame(right.Length, product.Length);
        switch (path)
        {
            case FieldPath.Avx512: FrBlockLoops<FrAvx512>.Multiply(left, right, product); break;
            case FieldPath.Avx2: FrBlockLoops<FrAvx2>.Multiply(left, right, product); break;
            default: throw Unsupported();
        }
    }

    internal static void Square(FieldPath path, ReadOnlySpan<FrBlock> values, Span<FrBlock> squares)
    {
        RequireSame(values.Length, squares.Length);
        switch (path)
        {
            case FieldPath.Avx512: FrBlockLoops<FrAvx512>.Square(values, squares); break;
            case FieldPath.Avx2: FrBlockLoops<FrAvx2>.Square(values, squares); break;
            default: throw Unsupported();
        }
    }

    /// <summary>
    /// Sum of terms times constants and of a constant, with one reduction; is added to <paramref name="result"/> when
    /// asked, without reducing what was there.
    /// </summary>
    internal static void InnerProduct(
        FieldPath path,
        ReadOnlySpan<FrBlock> terms,
        ReadOnlySpan<Fr> factors,
        in Fr addend,
        bool add,
        ref FrBlock result)
    {
        RequireSame(factors.Length, terms.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)(terms.Length - 1), (uint)FrColumns.MaxTerms - 1);
        switch (path)
        {
            case FieldPath.Avx512: FrBlockLoops<FrAvx512>.InnerProduct(terms, factors, addend, add, ref result); break;
            case FieldPath.Avx2: FrBlockLoops<FrAvx2>.InnerProduct(terms, factors, addend, add, ref result); break;
            default: throw Unsupported();
        }
    }

    private static PlatformNotSupportedException Unsupported() =>
        new("Blocks of field elements need AVX-512, or AVX2 with FMA.");

    private static void RequireFilled(int elements, int blocks)
    {
        if (elements != (long)blocks * FrBlock.Elements)
        {
            throw new ArgumentException($"{elements} elements do not fill {blocks} blocks of {FrBlock.Elements}.");
        }
    }

    private static void RequireSame(int count, int expected)
    {
        if (count != expected)
        {
            throw new ArgumentException($"An operand has {count} elements where {expected} are needed.");
        }
    }
}
