using System.Numerics;
using System.Runtime.InteropServices;
using Federation.Proofs.Curve;

namespace Federation.Proofs.Tests.Curve;

/// <summary>
/// What every kernel of <see cref="IFpBlocks"/> does, against integers of any size: operands and results in words, and
/// the limbs of <see cref="FpFma"/> at the bounds that it states. Where a kernel's instructions are missing there is
/// nothing to test: the scalar field has its own suite.
/// </summary>
public sealed class FpBlocksTests
{
    private const int Seed = 48211, Runs = 200, Lanes = FpAvx512.Lanes, Length = FpAvx512.BlockLength;

    // Limbs of FpFma, and what they are at most.
    private const int LimbBits = 48;
    private const double GreatestLimb = (1L << 47) + 2;

    private static readonly BigInteger Modulus = new(MemoryMarshal.AsBytes(Fp.ModulusLimbs), isUnsigned: true);

    [Fact]
    public void Operations_AnyElements_AreThoseOfTheField()
    {
        OperationsAreThoseOfTheField<FpAvx512>();
        OperationsAreThoseOfTheField<FpFma>();
    }

    private static void OperationsAreThoseOfTheField<TBlocks>()
        where TBlocks : struct, IFpBlocks => Run<TBlocks>(random =>
    {
        BigInteger[] left = Elements(random), right = Elements(random);
        BigInteger radix = Radix<TBlocks>();
        double[] a = Load<TBlocks>(left), b = Load<TBlocks>(right), result = new double[Length];
        FpBlockSpans<TBlocks>.Add(a, b, result);
        AssertAll(left, right, (x, y) => x + y, Save<TBlocks>(result));
        FpBlockSpans<TBlocks>.Subtract(a, b, result);
        AssertAll(left, right, (x, y) => x - y, Save<TBlocks>(result));
        FpLaneBlock<TBlocks>.Multiply(a, b, result);
        AssertAll(left, right, (x, y) => x * y * radix, Save<TBlocks>(result));
        FpLaneBlock<TBlocks>.Multiply(a, a, a);
        AssertAll(left, right, (x, _) => x * x * radix, Save<TBlocks>(a));
    });

    [Fact]
    public void Multiply_OfMultiplesUpToTheBound_IsExact()
    {
        MultiplesAreMultipliedExactly<FpAvx512>();
        MultiplesAreMultipliedExactly<FpFma>();
    }

    private static void MultiplesAreMultipliedExactly<TBlocks>()
        where TBlocks : struct, IFpBlocks => Run<TBlocks>(random =>
    {
        BigInteger[] left = Elements(random), right = Elements(random);
        BigInteger radix = Radix<TBlocks>();
        double[] a = Load<TBlocks>(left), b = Load<TBlocks>(right);
        FpBlockSpans<TBlocks>.Add(a, a, a);
        FpBlockSpans<TBlocks>.Add(a, a, a);
        AssertAll(left, right, (x, _) => 4 * x, Save<TBlocks>(a));
        FpBlockSpans<TBlocks>.Subtract(a, b, a);
        FpBlockSpans<TBlocks>.Subtract(b, a, b);
        AssertAll(left, right, (x, y) => (2 * y) - (4 * x), Save<TBlocks>(b));
        FpLaneBlock<TBlocks>.Multiply(a, b, a);
        AssertAll(left, right, (x, y) => ((4 * x) - y) * ((2 * y) - (4 * x)) * radix, Save<TBlocks>(a));
    });

    [Fact]
    public void MultiplyQuadratic_OverAnOperand_IsTheExtensionsProduct()
    {
        QuadraticProductOverAnOperand<FpAvx512>();
        QuadraticProductOverAnOperand<FpFma>();
    }

    private static void QuadraticProductOverAnOperand<TBlocks>()
        where TBlocks : struct, IFpBlocks => Run<TBlocks>(random =>
    {
        BigInteger[] a0 = Elements(random), a1 = Elements(random), b0 = Elements(random), b1 = Elements(random);
        BigInteger radix = Radix<TBlocks>();
        double[] left = [.. Load<TBlocks>(a0), .. Load<TBlocks>(a1)];
        double[] right = [.. Load<TBlocks>(b0), .. Load<TBlocks>(b1)];
        double[] product = random.Next(2) == 0 ? left : right;
        FpBlockSpans<TBlocks>.MultiplyQuadratic(left, right, product);
        BigInteger[] c0 = Save<TBlocks>(product[..Length]), c1 = Save<TBlocks>(product[Length..]);
        for (int i = 0; i < Lanes; i++)
        {
            Assert.True(Reduced(((a0[i] * b0[i]) - (a1[i] * b1[i])) * radix) == c0[i], $"c0, {i}, seed {Seed}");
            Assert.True(Reduced(((a0[i] * b1[i]) + (a1[i] * b0[i])) * radix) == c1[i], $"c1, {i}, seed {Seed}");
        }
    });

    [Fact]
    public void Multiply_OfLimbsAtTheirBound_IsExactWithinItsBound() => Run<FpFma>(random =>
    {
        // The highest limb may be as high, which no element within 4p has.
        bool signs = random.Next(2) == 0;
        double[] left = Limbs(), right = Limbs(), product = new double[Length];
        FpLaneBlock<FpFma>.Multiply(left, right, product);
        BigInteger[] a = Integers(left), b = Integers(right), c = Integers(product);
        BigInteger bound = (Modulus << 383) + (Modulus << 340);
        for (int i = 0; i < Lanes; i++)
        {
            BigInteger multiple = (c[i] << 384) - (a[i] * b[i]);
            Assert.True(Reduced(multiple).IsZero && BigInteger.Abs(multiple) <= bound, $"{i}, seed {Seed}");
        }

        Assert.All(product, limb => Assert.InRange(limb, -GreatestLimb, GreatestLimb));

        double[] Limbs() =>
            [.. Enumerable.Range(0, Length).Select(_ => signs && random.Next(2) == 0 ? -GreatestLimb : GreatestLimb)];
    });

    [Fact]
    public void MultiplyQuadratic_OfLimbsAtTheirBound_IsExact() => Run<FpFma>(random =>
    {
        double[] left = Limbs(), right = Limbs(), product = new double[2 * Length];
        FpBlockSpans<FpFma>.MultiplyQuadratic(left, right, product);
        BigInteger[] a0 = Integers(left[..Length]), a1 = Integers(left[Length..]);
        BigInteger[] b0 = Integers(right[..Length]), b1 = Integers(right[Length..]);
        BigInteger[] c0 = Integers(product[..Length]), c1 = Integers(product[Length..]);
        for (int i = 0; i < Lanes; i++)
        {
            Assert.True(Reduced((c0[i] << 384) - (a0[i] * b0[i]) + (a1[i] * b1[i])).IsZero, $"c0, {i}, seed {Seed}");
            Assert.True(Reduced((c1[i] << 384) - (a0[i] * b1[i]) - (a1[i] * b0[i])).IsZero, $"c1, {i}, seed {Seed}");
        }

        double[] Limbs() =>
            [.. Enumerable.Range(0, 2 * Length).Select(_ => random.Next(4) == 0 ? -GreatestLimb : GreatestLimb)];
    });

    [Fact]
    public void Save_EdgesWithinItsBound_IsTheLeastRepresentative()
    {
        SaveEdges<FpAvx512>();
        SaveEdges<FpFma>();
    }

    // p itself, and its multiples, come from adding p.
    private static void SaveEdges<TBlocks>()
        where TBlocks : struct, IFpBlocks => Run<TBlocks>(random =>
    {
        BigInteger[] values = Elements(random);
        double[] block = Load<TBlocks>(values), modulus = Load<TBlocks>([.. Enumerable.Repeat(Modulus, Lanes)]);
        double[] zero = new double[Length], minus = new double[Length];
        for (int multiple = 0; multiple < 4; multiple++)
        {
            Assert.Equal(values, Save<TBlocks>(block));
            FpBlockSpans<TBlocks>.Subtract(zero, block, minus);
            Assert.Equal([.. values.Select(value => Reduced(-value))], Save<TBlocks>(minus));
            FpBlockSpans<TBlocks>.Add(block, modulus, block);
        }
    });

    [Fact]
    public void Operations_Repeated_AllocateNothing()
    {
        AllocateNothing<FpAvx512>();
        AllocateNothing<FpFma>();
    }

    private static void AllocateNothing<TBlocks>()
        where TBlocks : struct, IFpBlocks => Run<TBlocks>(_ =>
    {
        var block = new double[2 * Length];
        Allocations.AssertNone(() => FpBlockSpans<TBlocks>.MultiplyQuadratic(block, block, block));
    });

    private static void Run<TBlocks>(Action<Random> test)
        where TBlocks : struct, IFpBlocks
    {
        if (!TBlocks.IsSupported)
        {
            return;
        }

        var random = new Random(Seed);
        for (int run = 0; run < Runs; run++)
        {
            test(random);
        }
    }

    // What a product takes off.
    private static BigInteger Radix<TBlocks>()
        where TBlocks : struct, IFpBlocks
    {
        var enter = new BigInteger(TBlocks.EnterFactor.ToBytes(), isUnsigned: true, isBigEndian: true);
        return BigInteger.ModPow((BigInteger.One << 384) * enter, Modulus - 2, Modulus);
    }

    private static void AssertAll(
        BigInteger[] left, BigInteger[] right, Func<BigInteger, BigInteger, BigInteger> expected, BigInteger[] actual)
    {
        for (int i = 0; i < Lanes; i++)
        {
            Assert.True(Reduced(expected(left[i], right[i])) == actual[i], $"{left[i]}, {right[i]}, seed {Seed}");
        }
    }

    private static double[] Load<TBlocks>(BigInteger[] values)
        where TBlocks : struct, IFpBlocks
    {
        var words = new ulong[Lanes * FpAvx512.Words];
        Span<byte> bytes = MemoryMarshal.AsBytes(words.AsSpan());
        for (int lane = 0; lane < Lanes; lane++)
        {
            values[lane].TryWriteBytes(bytes[(lane * Fp.SizeBytes)..], out _, isUnsigned: true);
        }

        var block = new double[Length];
        FpLaneBlock<TBlocks>.Load(words, block);
        return block;
    }

    private static BigInteger[] Save<TBlocks>(double[] block)
        where TBlocks : struct, IFpBlocks
    {
        var words = new ulong[Lanes * FpAvx512.Words];
        FpLaneBlock<TBlocks>.Save(block, words);
        byte[] bytes = MemoryMarshal.AsBytes(words.AsSpan()).ToArray();
        return [.. bytes.Chunk(Fp.SizeBytes).Select(element => new BigInteger(element, isUnsigned: true))];
    }

    // What the limbs of FpFma say.
    private static BigInteger[] Integers(double[] block)
    {
        var values = new BigInteger[Lanes];
        for (int i = Length - 1; i >= 0; i--)
        {
            values[i % Lanes] = (values[i % Lanes] << LimbBits) + (BigInteger)block[i];
        }

        return values;
    }

    // Below p: edges, limbs at their ends, and random ones.
    private static BigInteger[] Elements(Random random) =>
        [.. Enumerable.Range(0, Lanes).Select(_ =>
        {
            var bytes = new byte[60];
            random.NextBytes(bytes);
            return random.Next(5) switch
            {
                0 => random.Next(3),
                1 => Modulus - 1 - random.Next(3),
                2 => Enumerable.Range(0, 8).Aggregate(
                    BigInteger.Zero,
                    (sum, i) => sum + ((BigInteger)((1L << 47) - 1 + random.Next(3)) << (LimbBits * i))) % Modulus,
                _ => new BigInteger(bytes, isUnsigned: true) % Modulus,
            };
        })];

    private static BigInteger Reduced(BigInteger value) => ((value % Modulus) + Modulus) % Modulus;
}
