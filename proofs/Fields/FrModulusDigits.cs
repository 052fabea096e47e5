namespace Federation.Proofs.Fields;

/// <summary>The modulus in limbs of 52 bits, for reduction by multiples of it.</summary>
internal static class FrModulusDigits
{
    /// <summary>Limbs from -2^51 to 2^51, least significant first.</summary>
    public const double Limb0 = -4294967295;
    public const double Limb1 = 52776117727232;
    public const double Limb2 = -1792375662592604;
    public const double Limb3 = 2203984808738945;
    public const double Limb4 = 127464551688605;

    /// <summary>2^208 / r: times the highest limb of an element, how often r goes into it.</summary>
    public const double Quotients = 7.845318457189487e-15;

    /// <summary>Highest limb of (r - 1) / 2.</summary>
    public const long HalfLimb4 = 0x39f6_d3a994ce;

    /// <summary>The sum of this and of a small number is that number rounded, where it is taken off again.</summary>
    public const double Rounder = 1.5 * (1L << 52);

    /// <summary>The same for multiples of 2^52.</summary>
    public const double LimbRounder = Rounder * (1L << 52);

    /// <summary>2^-52.</summary>
    public const double InverseLimb = 1.0 / (1L << 52);
}
