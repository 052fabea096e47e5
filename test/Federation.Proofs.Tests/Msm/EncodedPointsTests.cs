using System.Globalization;
using System.Numerics;
using Federation.Proofs.Curve;
using Federation.Proofs.Fields;
using Federation.Proofs.Msm;

namespace Federation.Proofs.Tests.Msm;

/// <summary>
/// Encodings at the edges of their form, taken as they are: a sum of one point with scalar one has its coordinates,
/// whether or not they are on the curve.
/// </summary>
public sealed class EncodedPointsTests
{
    private static readonly BigInteger Modulus = BigInteger.Parse(
        "01a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab",
        NumberStyles.HexNumber,
        CultureInfo.InvariantCulture);

    // p agrees with this in its highest word, by which alone it cannot be told from what is too great.
    private static readonly BigInteger HighestWord = (Modulus >> 320) << 320;

    public static TheoryData<string, int> Accepted => InEachPlace(Modulus - 1, HighestWord, HighestWord - 1, 1);

    public static TheoryData<string, int> Refused => InEachPlace(Modulus, Modulus + 1, (BigInteger.One << 384) - 1);

    [Theory]
    [MemberData(nameof(Accepted))]
    public void SumEncoded_CoordinateBelowTheModulus_IsKept(string number, int place)
    {
        byte[] inG1 = Encoding(number, place % 2, 2), inG2 = Encoding(number, place, 4);
        foreach (FieldPath path in FieldPaths.Supported)
        {
            Assert.Equal(inG1, SumInG1(path, inG1));
            Assert.Equal(inG2, SumInG2(path, inG2));
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void SumEncoded_CoordinateNotBelowTheModulus_IsRefused(string number, int place)
    {
        byte[] inG1 = Encoding(number, place % 2, 2), inG2 = Encoding(number, place, 4);
        foreach (FieldPath path in FieldPaths.Supported)
        {
            Assert.Throws<InvalidPointException>(() => SumInG1(path, inG1));
            Assert.Throws<InvalidPointException>(() => SumInG2(path, inG2));
        }
    }

    [Fact]
    public void SumEncoded_NoCoordinates_AreInfinityUnderItsFlagAlone()
    {
        foreach (FieldPath path in FieldPaths.Supported)
        {
            foreach (byte flags in (byte[])[0x00, 0x20, 0x80, 0xc0])
            {
                Assert.Throws<InvalidPointException>(() => SumInG1(path, [flags, .. new byte[95]]));
                Assert.Throws<InvalidPointException>(() => SumInG2(path, [flags, .. new byte[191]]));
            }

            byte[] inG1 = [0x40, .. new byte[95]], inG2 = [0x40, .. new byte[191]];
            Assert.Equal(inG1, SumInG1(path, inG1));
            Assert.Equal(inG2, SumInG2(path, inG2));
        }
    }

    private static TheoryData<string, int> InEachPlace(params IEnumerable<BigInteger> numbers)
    {
        var data = new TheoryData<string, int>();
        foreach (BigInteger number in numbers)
        {
            for (int place = 0; place < 4; place++)
            {
                data.Add(number.ToString(CultureInfo.InvariantCulture), place);
            }
        }

        return data;
    }

    // The number in its place, small ones in the others.
    private static byte[] Encoding(string number, int place, int places) =>
        [.. Enumerable.Range(0, places).SelectMany(i => Bytes(
            i == place ? BigInteger.Parse(number, CultureInfo.InvariantCulture) : i + 2))];

    private static byte[] Bytes(BigInteger number)
    {
        byte[] bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[Fp.SizeBytes - bytes.Length], .. bytes];
    }

    private static byte[] SumInG1(FieldPath path, byte[] encoding) =>
        G1Msm.SumEncoded(path, encoding, [Fr.One], [], 1, CancellationToken.None).ToAffine().ToUncompressed();

    private static byte[] SumInG2(FieldPath path, byte[] encoding) =>
        G2Msm.SumEncoded(path, encoding, [Fr.One], [], 1, CancellationToken.None).ToAffine().ToUncompressed();
}
