using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Federation.Proofs.Fields;

/// <summary>A kernel's operations block by block. The caller has checked the lengths.</summary>
internal static unsafe class FrBlockLoops<TKernel>
    where TKernel : struct, IFrKernel
{
    private static readonly long[] ForConversion = Columns(terms: 0);
    private static readonly long[] ForProduct = Columns(terms: 1);
    private static readonly double[] FromFrDigits = Digits(FrDigits.FromFr);
    private static readonly double[] ToFrDigits = Digits(FrDigits.ToFr);

    [SkipLocalsInit]
    public static void FromFr(ReadOnlySpan<Fr> elements, Span<FrBlock> blocks)
    {
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
                TKernel.Split(words, block);
                TKernel.InnerProduct(block, factor, 1, columns, block, add: false);
            }
        }
    }

    [SkipLocalsInit]
    public static void ToFr(ReadOnlySpan<FrBlock> blocks, Span<Fr> elements)
    {
        ulong* words = stackalloc ulong[4 * FrBlock.Elements];
        double* scaled = stackalloc double[2 * FrBlock.GroupSize];
        Span<ulong> limbs = MemoryMarshal.Cast<Fr, ulong>(elements);
        fixed (FrBlock* first = blocks)
        fixed (double* factor = ToFrDigits)
        fixed (long* product = ForProduct, conversion = ForConversion)
        {
            for (int i = 0; i < blocks.Length; i++)
            {
                TKernel.InnerProduct((double*)(first + i), factor, 1, product, scaled, add: false);
                TKernel.WriteCanonical(scaled, conversion, words);
                Span<ulong> destination = limbs.Slice(i * 4 * FrBlock.Elements, 4 * FrBlock.Elements);
                for (int j = 0; j < destination.Length; j++)
                {
                    destination[j] = words[(j % 4 * FrBlock.Elements) + (j / 4)];
                }
            }
        }
    }

    public static void Multiply(ReadOnlySpan<FrBlock> left, ReadOnlySpan<FrBlock> right, Span<FrBlock> product)
    {
        fixed (FrBlock* a = left, b = right, result = product)
        fixed (long* columns = ForProduct)
        {
            for (int i = 0; i < product.Length; i++)
            {
                TKernel.Multiply((double*)(a + i), (double*)(b + i), columns, (double*)(result + i));
            }
        }
    }

    public static void Square(ReadOnlySpan<FrBlock> values, Span<FrBlock> squares)
    {
        fixed (FrBlock* value = values, result = squares)
        fixed (long* columns = ForProduct)
        {
            for (int i = 0; i < squares.Length; i++)
            {
                TKernel.Square((double*)(value + i), columns, (double*)(result + i));
            }
        }
    }

    public static void InnerProduct(
        ReadOnlySpan<FrBlock> terms, ReadOnlySpan<Fr> factors, in Fr addend, bool add, ref FrBlock result)
    {
        double* digits = stackalloc double[FrColumns.MaxTerms * FrBlock.Limbs];
        for (int i = 0; i < factors.Length; i++)
        {
            FrDigits.Write(factors[i], new Span<double>(digits + (i * FrBlock.Limbs), FrBlock.Limbs));
        }

        long* columns = stackalloc long[FrColumns.Count];
        FrColumns.Write(terms.Length, addend, new Span<long>(columns, FrColumns.Count));
        fixed (FrBlock* first = terms, sum = &result)
        {
            TKernel.InnerProduct((double*)first, digits, terms.Length, columns, (double*)sum, add);
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
