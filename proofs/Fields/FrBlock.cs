using System.Runtime.InteropServices;

namespace Federation.Proofs.Fields;

/// <summary>
/// Sixteen elements of the scalar field for vector arithmetic: two groups of eight lanes, each group five limbs after
/// one another, each limb eight doubles, lane by lane. An element is the sum of limb i · 2^(52·i), in Montgomery form
/// (times 2^260 modulo r).
/// <para>
/// Limbs are signed integers held exactly. The arithmetic keeps two bounds and asks for them: a limb is at most
/// 2^51 + 2^12 in magnitude, so that the product of two of them is below 2^103; an element is at most 16·r, so that its
/// top limb is below 2^51. <see cref="FrBlocks"/> has the operations.
/// </para>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = SizeBytes)]
public unsafe struct FrBlock
{
    /// <summary>Elements of a block.</summary>
    public const int Elements = 16;

    /// <summary>Length in bytes.</summary>
    public const int SizeBytes = 2 * GroupSize * sizeof(double);

    /// <summary>Alignment of vectors in memory: kernels take any, but are slower where vectors cross cache
    /// lines.</summary>
    public const int Alignment = 64;

    internal const int Lanes = 8;
    internal const int Limbs = 5;
    internal const int LimbBits = 52;
    internal const int GroupSize = Limbs * Lanes;

    private fixed double _limbs[2 * GroupSize];

    /// <summary>A limb of an element.</summary>
    internal double this[int element, int limb]
    {
        readonly get => _limbs[IndexOf(element, limb)];
        set => _limbs[IndexOf(element, limb)] = value;
    }

    private static int IndexOf(int element, int limb)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)element, (uint)Elements);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)limb, (uint)Limbs);
        return (element / Lanes * GroupSize) + (limb * Lanes) + (element % Lanes);
    }
}
