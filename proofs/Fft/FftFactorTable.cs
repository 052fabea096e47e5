using Federation.Proofs.Fields;

namespace Federation.Proofs.Fft;

/// <summary>
/// Factors that all transforms share, one table for each kernel and direction. Level q has, for j from 0 to 511, the
/// root of order 2^(10 + q) to the power of the nine bits of j in reverse order: a prefix of level 0 serves every
/// stage, levels 0 to 3 serve the last four stages of a row. Immutable, kept for the life of the process.
/// </summary>
internal static unsafe class FftFactorTable<TKernel>
    where TKernel : struct, IFrTransformKernel
{
    /// <summary>Number of levels.</summary>
    public const int Levels = 4;

    private const int LogCount = 9, Count = 1 << LogCount, BlockLength = FrBlock.SizeBytes / sizeof(double);

    private static readonly FrBlockBuffer Evaluation = Create(inverse: false), Interpolation = Create(inverse: true);

    /// <summary>The first block of a level.</summary>
    public static double* Level(bool inverse, int level)
    {
        FrBlockBuffer table = inverse ? Interpolation : Evaluation;
        fixed (FrBlock* blocks = table.Blocks)
        {
            // Outside the managed heap: it does not move.
            return (double*)blocks + (level * (Count / FrBlock.Elements) * BlockLength);
        }
    }

    private static FrBlockBuffer Create(bool inverse)
    {
        var table = new FrBlockBuffer(Levels * Count / FrBlock.Elements);
        Span<Fr> factors = stackalloc Fr[Count];
        fixed (FrBlock* blocks = table.Blocks)
        fixed (Fr* source = factors)
        {
            for (int level = 0; level < Levels; level++)
            {
                int logOrder = LogCount + 1 + level;
                WritePowers(
                    inverse ? RootsOfUnity.InverseRoot(logOrder) : RootsOfUnity.Root(logOrder), factors);
                for (int i = 0; i < Count; i += FrBlock.Elements)
                {
                    TKernel.Load(
                        source + i, 1, (double*)blocks + (((level * Count) + i) / FrBlock.Elements * BlockLength));
                }
            }
        }

        return table;
    }

    private static void WritePowers(Fr root, Span<Fr> factors)
    {
        Fr power = TKernel.FactorScale;
        for (int i = 0; i < Count; i++)
        {
            factors[BitReversal.Of(i, LogCount)] = power;
            power *= root;
        }
    }
}
