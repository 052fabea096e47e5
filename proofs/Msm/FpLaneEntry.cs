using Federation.Proofs.Curve;

namespace Federation.Proofs.Msm;

/// <summary>
/// Brings elements of the base field into the form of <see cref="FpAvx512"/>, times 2^416, eight at a time. They remain
/// six words each, below p, in place.
/// </summary>
internal static unsafe class FpLaneEntry
{
    // A product in lanes takes 2^416 off. In words these are 2^448, from the form times 2^384, and 2^832, from plain.
    private static readonly Fp FromElement = Fp.FromUInt64(1UL << 32).Square();
    private static readonly Fp FromPlain = FromElement.PowVarTime([7]);

    /// <summary>Replaces elements, or plain numbers below p.</summary>
    public static void Enter(Fp* elements, long count, bool plain)
    {
        double* factor = stackalloc double[FpAvx512.BlockLength], block = stackalloc double[FpAvx512.BlockLength];
        Fp* few = stackalloc Fp[FpAvx512.Lanes];
        new Span<Fp>(few, FpAvx512.Lanes).Fill(plain ? FromPlain : FromElement);
        FpAvx512.Load((ulong*)few, FpAvx512.Words, factor);
        long whole = count - (count % FpAvx512.Lanes);
        for (long i = 0; i < whole; i += FpAvx512.Lanes)
        {
            Multiply(elements + i, factor, block);
        }

        var rest = new Span<Fp>(elements + whole, (int)(count - whole));
        rest.CopyTo(new Span<Fp>(few, FpAvx512.Lanes));
        Multiply(few, factor, block);
        new ReadOnlySpan<Fp>(few, rest.Length).CopyTo(rest);
    }

    private static void Multiply(Fp* elements, double* factor, double* block)
    {
        FpAvx512.Load((ulong*)elements, FpAvx512.Words, block);
        FpAvx512.Multiply(block, factor, block);
        FpAvx512.Save(block, (ulong*)elements, FpAvx512.Words);
    }
}
