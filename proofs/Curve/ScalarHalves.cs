using System.Numerics;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Curve;

/// <summary>
/// Scalars of G1 in two halves (Gallant, Lambert, Vanstone: Faster point multiplication on elliptic curves with
/// efficient endomorphisms, 2001): low + high · x², where x² times a point, but for its sign, is the cube root map.
/// </summary>
internal static class ScalarHalves
{
    /// <summary>Bits of a half at most.</summary>
    public const int Bits = 128;

    private static readonly BigInteger XSquared = BigInteger.Pow(Endomorphisms.NegativeX, 2);

    /// <summary>The halves of a scalar that is no secret; the high one of a scalar below 2^128 is zero.</summary>
    public static void Part(in Fr scalar, out UInt128 low, out UInt128 high)
    {
        Span<byte> bytes = stackalloc byte[Fr.SizeBytes];
        scalar.WriteBytes(bytes);
        var whole = new BigInteger(bytes, isUnsigned: true);
        high = 0;
        if (bytes[(Bits / 8)..].ContainsAnyExcept((byte)0))
        {
            high = (UInt128)BigInteger.DivRem(whole, XSquared, out whole);
        }

        low = (UInt128)whole;
    }

    /// <summary>x² times a point of G1: what the high half is to be multiplied by.</summary>
    public static G1Affine OfHigh(in G1Affine point) => new(point.X * Endomorphisms.CubeRoot, -point.Y);
}
