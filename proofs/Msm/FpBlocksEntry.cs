using System.Runtime.CompilerServices;
using Federation.Proofs.Curve;

namespace Federation.Proofs.Msm;

/// <summary>
/// Brings elements of the base field into the form of a kernel's blocks, eight at a time. They remain six words each,
/// below p, in place.
/// </summary>
internal static unsafe class FpBlocksEntry<TBlocks>
    where TBlocks : struct, IFpBlocks
{
    // A product in lanes takes the form's power of two off, so that the factors have it twice over; a plain number
    // lacks the 2^384 of an element, too.
    private static readonly Fp FromElement = TBlocks.EnterFactor.Square();
    private static readonly Fp FromPlain = FromElement * Fp.FromUInt64(1UL << 48).PowVarTime([8]);

    /// <summary>What brings an element into the form, as an element of an extension.</summary>
    public static TField Factor<TField>()
        where TField : unmanaged, ICurveField<TField>
    {
        TField factor = default;
        Unsafe.As<TField, Fp>(ref factor) = TBlocks.EnterFactor;
        return factor;
    }

    /// <summary>Replaces elements, or plain numbers below p.</summary>
    public static void Enter(Fp* elements, long count, bool plain)
    {
        if (!plain && FromElement == Fp.One)
        {
            return;
        }

        double* factor = stackalloc double[FpAvx512.BlockLength], block = stackalloc double[FpAvx512.BlockLength];
        Fp* few = stackalloc Fp[FpAvx512.Lanes];
        new Span<Fp>(few, FpAvx512.Lanes).Fill(plain ? FromPlain : FromElement);
        TBlocks.Load((ulong*)few, FpAvx512.Words, factor);
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
        TBlocks.Load((ulong*)elements, FpAvx512.Words, block);
        TBlocks.Multiply(block, factor, block);
        TBlocks.Save(block, (ulong*)elements, FpAvx512.Words);
    }
}
