using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Federation.Proofs.Fields;

/// <summary>
/// Operations on many elements of the scalar field at once, in <see cref="FrBlock"/>s. Results are not the least
/// representatives: they are congruent and within the bounds told. Only where <see cref="IsSupported"/> says so.
/// Allocation-free, safe to call from many threads.
/// </summary>
public static unsafe class FrBlocks
{
    private static readonly long[] ForConversion = Columns(terms: 0);
    private static readonly long[] ForProduct = Columns(terms: 1);
    private static readonly double[] FromFrDigits = Digits(FrDigits.FromFr);
    private static readonly double[] ToFrDigits = Digits(FrDigits.ToFr);

    /// <summary>True where the machine has the instructions.</summary>
    public static bool IsSupported => FrAvx512.IsSupported;

    /// <summary>Brings elements into blocks, sixteen each; the results are within r.</summary>
    /// <exception cref="ArgumentException">The elements do not fill the blocks.</exception>
    [SkipLocalsInit]
    public static void FromFr(ReadOnlySpan<Fr> elements, Span<FrBlock> blocks)
    {
        RequireFilled(elements.Length, blocks.Length);
        ulong* words = stackalloc ulong[4 * FrBlock.Elements];
        ReadOnlySpan<ulong> limbs = MemoryMarshal.Cast<Fr, ulong>(elements);
        fixed (FrBlock* first = blocks)
        fixed (double* factor = FromFrDigits)
        fixed (long* columns = ForProduct)
        {
            for (int i = 0; i < blocks.Length; i++)
            {
                ReadOnlySpan<ulong> source = limbs.Slice(i * 4 * FrBlock.Elements, 4 * FrBlock.Elements);
                for (int j = 0; j < source.Length; j++)
                {
                    words[(j % 4 * FrBlock.Elements) + (j / 4)] = source[j];
                }

                var block = (double*)(first + i);
                FrAvx512.Split(words, block);
                FrAvx512.InnerProduct(block, factor, 1, columns, block);
            }
        }
    }

    /// <summary>Takes elements out of blocks.</summary>
    /// <exception cref="ArgumentException">The elements do not fill the blocks.</exception>
    [SkipLocalsInit]
    public static void ToFr(ReadOnlySpan<FrBlock> blocks, Span<Fr> elements)
    {
        RequireFilled(elements.Length, blocks.Length);
        ulong* words = stackalloc ulong[4 * FrBlock.Elements];
        double* scaled = stackalloc double[2 * FrBlock.GroupSize];
        Span<ulong> limbs = MemoryMarshal.Cast<Fr, ulong>(elements);
        fixed (FrBlock* first = blocks)
        fixed (double* factor = ToFrDigits)
        fixed (long* product = ForProduct, conversion = ForConversion)
        {
            for (int i = 0; i < blocks.Length; i++)
            {
                FrAvx512.InnerProduct((double*)(first + i), factor, 1, product, scaled);
                FrAvx512.WriteCanonical(scaled, conversion, words);
                Span<ulong> destination = limbs.Slice(i * 4 * FrBlock.Elements, 4 * FrBlock.Elements);
                for (int j = 0; j < destination.Length; j++)
                {
                    destination[j] = words[(j % 4 * FrBlock.Elements) + (j / 4)];
                }
            }
        }
    }

    /// <summary>
    /// Products element by element. For elements within m·r and n·r, a product is within (1/2 + m·n/35)·r.
    /// <paramref name="product"/> may be an operand.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Multiply(ReadOnlySpan<FrBlock> left, ReadOnlySpan<FrBlock> right, Span<FrBlock> product)
    {
        RequireSame(left.Length, product.Length);
        RequireSame(right.Length, product.Length);
        fixed (FrBlock* a = left, b = right, result = product)
        fixed (long* columns = ForProduct)
        {
            for (int i = 0; i < product.Length; i++)
            {
                FrAvx512.Multiply((double*)(a + i), (double*)(b + i), columns, (double*)(result + i));
            }
        }
    }

    /// <summary>Squares element by element, with the bounds of products. The result may be the operand.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Square(ReadOnlySpan<FrBlock> values, Span<FrBlock> squares)
    {
        RequireSame(values.Length, squares.Length);
        fixed (FrBlock* value = values, result = squares)
        fixed (long* columns = ForProduct)
        {
            for (int i = 0; i < squares.Length; i++)
            {
                FrAvx512.Square((double*)(value + i), columns, (double*)(result + i));
            }
        }
    }

    /// <summary>
    /// Sum of terms times constants and of a constant, with one reduction; is added to <paramref name="result"/> when
    /// asked, without reducing what was there.
    /// </summary>
    internal static void InnerProduct(
        ReadOnlySpan<FrBlock> terms, ReadOnlySpan<Fr> factors, in Fr addend, bool add, ref FrBlock result)
    {
        RequireSame(factors.Length, terms.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)(terms.Length - 1), (uint)FrColumns.MaxTerms - 1);
        double* digits = stackalloc double[FrColumns.MaxTerms * FrBlock.Limbs];
        for (int i = 0; i < factors.Length; i++)
        {
            FrDigits.Write(factors[i], new Span<double>(digits + (i * FrBlock.Limbs), FrBlock.Limbs));
        }

        long* columns = stackalloc long[FrColumns.Count];
        FrColumns.Write(terms.Length, addend, new Span<long>(columns, FrColumns.Count));
        fixed (FrBlock* first = terms, sum = &result)
        {
            if (add)
            {
                FrAvx512.AddInnerProduct((double*)first, digits, terms.Length, columns, (double*)sum);
            }
            else
            {
                FrAvx512.InnerProduct((double*)first, digits, terms.Length, columns, (double*)sum);
            }
        }
    }

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

    private static long[] Columns(int terms)
    {
        var columns = new long[FrColumns.Count];
        FrColumns.Write(terms, columns);
        return columns;
    }

    private static double[] Digits(in Fr factor)
    {
        var digits = new double[FrBlock.Limbs];
        FrDigits.Write(factor, digits);
        return digits;
    }
}
