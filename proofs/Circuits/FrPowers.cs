using Federation.Proofs.Fields;

namespace Federation.Proofs.Circuits;

/// <summary>Coefficients that circuits use again and again.</summary>
internal static class FrPowers
{
    /// <summary>Number of bits that every field element can take: one less than its modulus has.</summary>
    internal const int Capacity = 254;

    /// <summary>Number of bits of a canonical field element.</summary>
    internal const int Bits = 255;

    internal static readonly Fr MinusOne = -Fr.One;

    private static readonly Fr[] Powers = Derive(Fr.One);

    private static readonly Fr[] Negated = Derive(MinusOne);

    /// <summary>2^exponent, for exponents below 255.</summary>
    internal static ref readonly Fr OfTwo(int exponent) => ref Powers[exponent];

    /// <summary>-2^exponent, for exponents below 255.</summary>
    internal static ref readonly Fr MinusOfTwo(int exponent) => ref Negated[exponent];

    private static Fr[] Derive(Fr power)
    {
        var powers = new Fr[Bits];
        for (var i = 0; i < powers.Length; i++)
        {
            powers[i] = power;
            power += power;
        }

        return powers;
    }
}
