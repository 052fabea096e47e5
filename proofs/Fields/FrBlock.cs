using System.Runtime.InteropServices;

namespace Federation.Proofs.Fields;

/// <summary>
/// Sixteen elements of the scalar field for vector arithmetic: two groups of eight lanes, each group five limbs after
/// one another, each limb eight doubles, lane by lane. An element is the sum of limb i · 2^(52·i), in Montgomery form
/// (times 2^260 modulo r).
/// <para>
/// Limbs are signed integers held exactly. The arithmetic keeps two bounds and asks for them: a limb is at most
/// 2^51 + 2^12 in magnitude, so that the product of two of them is below 2^103; an element is at most 16·r, so that its
/// top limb is below 2^51.
/// </para>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = SizeBytes)]
internal unsafe struct FrBlock
{
    /// <summary>Elements of a block.</summary>
    public const int Elements = 16;

    /// <summary>Elements of a group: lanes of a vector.</summary>
    public const int Lanes = 8;

    /// <summary>Limbs of an element.</summary>
    public const int Limbs = 5;

    /// <summary>Bits of a limb.</summary>
    public const int LimbBits = 52;

    /// <summary>Doubles of a group.</summary>
    public const int GroupSize = Limbs * Lanes;

    /// <summary>Length in bytes.</summary>
    public const int SizeBytes = 2 * GroupSize * sizeof(double);

    /// <summary>Alignment that kernels are fastest with; none is required.</summary>
    public const int Alignment = 64;

    private fixed double _limbs[2 * GroupSize];
}
