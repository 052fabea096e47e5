using System.Numerics;
using Federation.Proofs.Curve;
using static Federation.Proofs.Tests.Curve.FpNumbers;

namespace Federation.Proofs.Tests.Curve;

public class FpTests
{
    private const int Seed = 20261122;

    private static IEnumerable<BigInteger> Operands()
    {
        var random = new Random(Seed);
        return Edges.Concat(Enumerable.Range(0, 20).Select(_ => FpNumbers.Random(random)));
    }

    [Fact]
    public void Arithmetic_OfAllPairs_EqualsBigInteger()
    {
        foreach (var a in Operands())
        {
            foreach (var b in Operands())
            {
                Fp x = ToFp(a), y = ToFp(b);
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
        foreach (var a in Operands())
        {
            var x = ToFp(a);
            Assert.Equal((Modulus - a) % Modulus, ToInteger(-x));
            Assert.Equal(a * a % Modulus, ToInteger(x.Square()));
            Assert.Equal(2 * a % Modulus, ToInteger(x.Twice()));
            Assert.Equal(a > Modulus - a, x.IsGreaterThanNegative);
            Assert.Equal(a.IsZero, x.IsZero);
            Assert.Equal(
                BigInteger.ModPow(a, (BigInteger.One << 70) + 77, Modulus), ToInteger(x.PowVarTime([77, 64])));
            if (!a.IsZero)
            {
                Assert.Equal(BigInteger.ModPow(a, Modulus - 2, Modulus), ToInteger(x.Inverse()));
            }
        }
    }

    [Fact]
    public void SquareRoot_OfSquaresAndOthers_IsFoundOrRefused()
    {
        foreach (var a in Operands())
        {
            var x = ToFp(a);
            Assert.True(x.Square().TrySquareRoot(out var root));
            Assert.True(root == x || root == -x);
            var isSquare = a.IsZero || BigInteger.ModPow(a, (Modulus - 1) / 2, Modulus).IsOne;
            Assert.Equal(isSquare, x.TrySquareRoot(out root));
            Assert.Equal(isSquare ? x : Fp.Zero, root.Square());
        }
    }

    [Fact]
    public void Arithmetic_WithResultInOperandsPlace_IsUnchanged()
    {
        foreach (var a in Operands())
        {
            Fp[] cells = [ToFp(a), ToFp(a), ToFp(a), ToFp(a)];
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

    [Fact]
    public void Bytes_OfIntegersFromModulusUp_AreRefused()
    {
        BigInteger[] values = [Modulus, Modulus + 1, Modulus + (BigInteger.One << 64), (BigInteger.One << 384) - 1];
        foreach (var value in values)
        {
            Assert.False(Fp.TryFromBytes(Bytes(value), out var element));
            Assert.True(element.IsZero);
        }

        Assert.Throws<ArgumentException>(() => Fp.TryFromBytes(new byte[47], out _));
        Assert.Throws<ArgumentException>(() => Fp.One.WriteBytes(new byte[49]));
    }

    [Fact]
    public void Inverse_OfZero_IsRefused()
    {
        Assert.Throws<DivideByZeroException>(() => Fp.Zero.Inverse());
        Assert.Throws<DivideByZeroException>(() => Fp2.Zero.Inverse());
    }

    [Fact]
    public void Small_Integers_HaveTheirBytes()
    {
        Assert.Equal("0x" + new string('0', 94) + "2a", Fp.FromUInt64(42).ToString());
        Assert.Equal(Fp.One, Fp.FromUInt64(1));
        Assert.Equal(ulong.MaxValue, ToInteger(Fp.FromUInt64(ulong.MaxValue)));
    }
}
