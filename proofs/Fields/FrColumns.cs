namespace Federation.Proofs.Fields;

/// <summary>
/// Starting values of the ten columns in which a kernel sums limb products. A product of limbs is gained as the bit
/// pattern of two doubles; their exponents, as often as they will be added, are subtracted beforehand, and an addend
/// may be put in with them. Ten 64-bit integers, for all lanes the same.
/// </summary>
internal static class FrColumns
{
    /// <summary>Columns of a product: limb i has the weight 2^(52·i).</summary>
    public const int Count = 2 * FrBlock.Limbs;

    /// <summary>The most products that a sum may have: the columns then stay below 2^62.</summary>
    public const int MaxTerms = 64;

    /// <summary>The sum of this and of a limb product has a last bit of weight 2^52.</summary>
    public const double HighMagic = 1.5 * (1L << 52) * (1L << 52);

    /// <summary>The sum of this and of the rest of a limb product has a last bit of weight 1.</summary>
    public const double LowMagic = 1L << 52;

    // Limbs of -(⌊r / 2^64⌋ + 1) · 2^12, by which a Montgomery step multiplies: r is that, times -2^52, less 2^32 - 1.
    public const double Fold0 = -52776117727232;
    public const double Fold1 = 1792375662592604;
    public const double Fold2 = -2203984808738945;
    public const double Fold3 = -127464551688605;

    /// <summary>
    /// Writes the starting values for a sum of <paramref name="terms"/> products and its reduction.
    /// </summary>
    public static void Write(int terms, Span<long> columns)
    {
        columns[..Count].Clear();
        for (int row = 0; row < FrBlock.Limbs; row++)
        {
            for (int limb = 0; limb < FrBlock.Limbs; limb++)
            {
                Take(row + limb, terms, columns);
            }

            for (int limb = 1; limb < FrBlock.Limbs; limb++)
            {
                Take(row + limb, 1, columns);
            }
        }
    }

    /// <summary>The same, with a constant that is added to the reduced sum.</summary>
    public static void Write(int terms, in Fr addend, Span<long> columns)
    {
        Write(terms, columns);
        Span<double> limbs = stackalloc double[FrBlock.Limbs];
        FrDigits.Write(addend, limbs);
        for (int i = 0; i < FrBlock.Limbs; i++)
        {
            columns[FrBlock.Limbs + i] += (long)limbs[i];
        }
    }

    private static void Take(int column, int times, Span<long> columns)
    {
        unchecked
        {
            columns[column] -= times * BitConverter.DoubleToInt64Bits(LowMagic);
            columns[column + 1] -= times * BitConverter.DoubleToInt64Bits(HighMagic);
        }
    }
}
