using System.Globalization;
using System.Numerics;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Tests.Fields;

public class FrTests
{
    private const int Seed = 20261121;

    private static readonly BigInteger Modulus = BigInteger.Parse(
        "073eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001",
        NumberStyles.HexNumber,
        CultureInfo.InvariantCulture);

    private static readonly BigInteger[] Edges =
    [
        0, 1, 2, 3, ulong.MaxValue, BigInteger.One << 64, (BigInteger.One << 128) - 1, BigInteger.One << 128,
        (BigInteger.One << 192) - 1, BigInteger.One << 254, (BigInteger.One << 254) - 1,
        (BigInteger.One << 256) % Modulus, (Modulus - 1) / 2, (Modulus + 1) / 2, Modulus - 2, Modulus - 1,
        Modulus - ulong.MaxValue, Modulus - (BigInteger.One << 192),
    ];

    private static IEnumerable<BigInteger> Operands()
    {
        var random = new Random(Seed);
        var bytes = new byte[40];
        foreach (BigInteger edge in Edges)
        {
            yield return edge;
        }

        for (int i = 0; i < 20; i++)
        {
            random.NextBytes(bytes);
            yield return new BigInteger(bytes, isUnsigned: true) % Modulus;
        }
    }

    [Fact]
    public void Arithmetic_OfAllPairs_EqualsBigInteger()
    {
        foreach (BigInteger a in Operands())
        {
            foreach (BigInteger b in Operands())
            {
                Fr x = ToFr(a), y = ToFr(b);
                Assert.True((a + b) % Modulus == ToInteger(x + y), $"{a} + {b}, seed {Seed}");
                Assert.True((a - b + Modulus) % Modulus == ToInteger(x - y), $"{a} - {b}, seed {Seed}");
                Assert.True(a * b % Modulus == ToInteger(x * y), $"{a} * {b}, seed {Seed}");
                Assert.Equal(a == b, x == y);
                Assert.Equal(a != b, x != y);
            }
        }
    }

    [Fact]
    public void UnaryOperations_OfAllOperands_EqualBigInteger()
    {
        foreach (BigInteger a in Operands())
        {
            Fr x = ToFr(a);
            Assert.Equal((Modulus - a) % Modulus, ToInteger(-x));
            Assert.Equal(a * a % Modulus, ToInteger(x.Square()));
            Assert.Equal(BigInteger.ModPow(a, 5, Modulus), ToInteger(x.Quintic()));
            Assert.Equal(BigInteger.ModPow(a, 77, Modulus), ToInteger(x.PowVarTime(77)));
            Assert.Equal(
                BigInteger.ModPow(a, (BigInteger.One << 64) + 3, Modulus), ToInteger(x.PowVarTime([3, 1])));
            Assert.Equal(a.IsZero, x.IsZero);
            if (!a.IsZero)
            {
                Assert.Equal(BigInteger.ModPow(a, Modulus - 2, Modulus), ToInteger(x.Inverse()));
            }
        }
    }

    [Fact]
    public void Arithmetic_WithResultInOperandsPlace_IsUnchanged()
    {
        foreach (BigInteger a in Operands())
        {
            Fr[] cells = [ToFr(a), ToFr(a), ToFr(a), ToFr(a)];
            cells[0] = cells[0] * cells[0];
            cells[1] = cells[1] + cells[1];
            cells[2] = cells[2] - cells[2];
            cells[3] *= cells[0];
            Assert.Equal(a * a % Modulus, ToInteger(cells[0]));
            Assert.Equal((a + a) % Modulus, ToInteger(cells[1]));
            Assert.True(cells[2].IsZero);
            Assert.Equal(BigInteger.ModPow(a, 3, Modulus), ToInteger(cells[3]));
        }
    }

    // The greatest elements make the greatest sums: the accumulator must not overflow.
    [Fact]
    public void InnerProduct_AnyLength_EqualsBigInteger()
    {
        BigInteger[] operands = [.. Operands()];
        for (int length = 0; length <= 37; length++)
        {
            for (int offset = 0; offset < operands.Length; offset++)
            {
                AssertInnerProduct(Pick(1, offset, length), Pick(3, offset, length));
            }

            BigInteger[] greatest = [.. Enumerable.Repeat(Modulus - 1, length)];
            AssertInnerProduct(greatest, greatest);
        }

        BigInteger[] Pick(int step, int offset, int length) =>
            [.. Enumerable.Range(0, length).Select(i => operands[((step * i) + offset) % operands.Length])];
    }

    [Fact]
    public void InnerProduct_LengthsThatDiffer_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Fr.InnerProduct(new Fr[2], new Fr[3]));

    private static void AssertInnerProduct(BigInteger[] left, BigInteger[] right)
    {
        BigInteger expected = left.Zip(right, (a, b) => a * b).Aggregate(BigInteger.Zero, BigInteger.Add) % Modulus;
        Fr sum = Fr.InnerProduct([.. left.Select(ToFr)], [.. right.Select(ToFr)]);
        Assert.True(expected == ToInteger(sum), $"length {left.Length}, seed {Seed}");
    }

    [Fact]
    public void Inverse_OfZero_Throws() => Assert.Throws<DivideByZeroException>(() => Fr.Zero.Inverse());

    [Fact]
    public void PowVarTime_ZeroToZero_IsOne() => Assert.Equal(Fr.One, Fr.Zero.PowVarTime(0));

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(ulong.MaxValue)]
    public void FromUInt64_AnyValue_IsThatInteger(ulong value) =>
        Assert.Equal(new BigInteger(value), ToInteger(Fr.FromUInt64(value)));

    [Fact]
    public void TryFromBytes_AtTheModulus_TellsCanonicalFromNot()
    {
        BigInteger[] tooGreat = [Modulus, Modulus + 1, BigInteger.One << 255, (BigInteger.One << 256) - 1];
        foreach (BigInteger value in tooGreat)
        {
            byte[] bytes = ToBytes(value);
            Assert.False(Fr.TryFromBytes(bytes, out Fr refused));
            Assert.True(refused.IsZero);
            Assert.False(Fr.IsCanonical(bytes));
            Assert.Throws<NonCanonicalFieldElementException>(() => Fr.FromBytes(bytes));
        }

        Assert.True(Fr.TryFromBytes(ToBytes(Modulus - 1), out Fr greatest));
        Assert.Equal(-Fr.One, greatest);
        Assert.True(Fr.IsCanonical(ToBytes(Modulus - 1)));
    }

    // 31 or 30 equal bytes, then the last ones: the cases that the reference implementation's byte conversion is tested
    // with.
    [Theory]
    [InlineData(31, "73", false)]
    [InlineData(31, "72", true)]
    [InlineData(30, "ec73", true)]
    [InlineData(30, "ed73", false)]
    public void TryFromBytes_PublishedCases_AgreeWithReference(int ones, string tail, bool canonical)
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)0xff, ones), .. Convert.FromHexString(tail)];
        Assert.Equal(canonical, Fr.TryFromBytes(bytes, out _));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    public void Bytes_OfWrongLength_AreRefused(int length)
    {
        Assert.Throws<ArgumentException>(() => Fr.TryFromBytes(new byte[length], out _));
        Assert.Throws<ArgumentException>(() => Fr.One.WriteBytes(new byte[length]));
    }

    [Fact]
    public void ToString_OfTen_IsBigEndianHex() =>
        Assert.Equal("0x" + new string('0', 63) + "a", Fr.FromUInt64(10).ToString());

    [Fact]
    public void GetHashCode_OfEqualElements_IsEqual() =>
        Assert.Equal((Fr.One + Fr.One).GetHashCode(), Fr.FromUInt64(2).GetHashCode());

    internal static Fr ToFr(BigInteger value) => Fr.FromBytes(ToBytes(value));

    internal static BigInteger ToInteger(Fr value) => new(value.ToBytes(), isUnsigned: true);

    private static byte[] ToBytes(BigInteger value)
    {
        var bytes = new byte[Fr.SizeBytes];
        Assert.True(value.TryWriteBytes(bytes, out _, isUnsigned: true));
        return bytes;
    }
}
