using System.Globalization;
using System.Numerics;
using Federation.Proofs.Curve;

namespace Federation.Proofs.Tests.Curve;

/// <summary>The base field in whole numbers: the oracle for its arithmetic, and elements drawn at random.</summary>
internal static class FpNumbers
{
    public static BigInteger Modulus { get; } = Parse(
        "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab");

    public static BigInteger Order { get; } = Parse("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");

    public static BigInteger[] Edges { get; } =
    [
        0, 1, 2, 3, ulong.MaxValue, BigInteger.One << 64, (BigInteger.One << 192) - 1, BigInteger.One << 192,
        (BigInteger.One << 320) - 1, BigInteger.One << 380, (BigInteger.One << 380) - 1,
        (BigInteger.One << 384) % Modulus, (Modulus - 1) / 2, (Modulus + 1) / 2, Modulus - 2, Modulus - 1,
        Modulus - ulong.MaxValue, Modulus - (BigInteger.One << 320),
    ];

    public static BigInteger Parse(string hex) =>
        BigInteger.Parse("0" + hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static BigInteger Random(Random random)
    {
        var bytes = new byte[Fp.SizeBytes + 8];
        random.NextBytes(bytes);
        return new BigInteger(bytes, isUnsigned: true) % Modulus;
    }

    public static Fp RandomFp(Random random) => ToFp(Random(random));

    public static Fp2 RandomFp2(Random random) => new(RandomFp(random), RandomFp(random));

    public static byte[] Bytes(BigInteger value)
    {
        var bytes = new byte[Fp.SizeBytes];
        var whole = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        whole.CopyTo(bytes, bytes.Length - whole.Length);
        return bytes;
    }

    public static Fp ToFp(BigInteger value)
    {
        Assert.True(Fp.TryFromBytes(Bytes(value), out var element));
        return element;
    }

    public static BigInteger ToInteger(Fp value) => new(value.ToBytes(), isUnsigned: true, isBigEndian: true);

    public static ulong[] Limbs(BigInteger value)
    {
        var limbs = new List<ulong>();
        for (; !value.IsZero; value >>= 64)
        {
            limbs.Add((ulong)(value & ulong.MaxValue));
        }

        return [.. limbs];
    }
}
