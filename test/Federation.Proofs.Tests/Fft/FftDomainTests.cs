using Federation.Proofs.Fft;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Tests.Fft;

/// <summary>Transforms on every path against sums written out, and by what they do to products.</summary>
public sealed class FftDomainTests
{
    private const int Seed = 52105;

    // One pass over rows; a pass over columns before it, with a square as the row; two passes over columns.
    private static readonly int[] Sizes = [8, 9, 11, 13, 14, 15];

    public static TheoryData<int> FewPoints => [0, 1, 2, 3, 5, 7, 8, 9];

    [Theory]
    [MemberData(nameof(FewPoints))]
    public void Evaluate_EachPath_IsTheValueAtEachPoint(int logSize) => Run(logSize, (domain, path, coset, random) =>
    {
        Fr[] coefficients = Elements(domain.Size, random);
        Fr[] values = [.. coefficients];
        domain.Evaluate(path, values, coset, threads: 2, CancellationToken.None);
        domain.ReverseBits(values, threads: 2, CancellationToken.None);
        Fr point = coset ? Fr.FromUInt64(7) : Fr.One;
        foreach (Fr value in values)
        {
            AssertEqual(ValueAt(coefficients, point), value, path);
            point *= domain.Root;
        }
    });

    // Horner's rule at a few points only: the whole sum would take too long.
    [Fact]
    public void Evaluate_AllPlans_IsTheValueAtSomePoints() => Run(Sizes, (domain, path, coset, random) =>
    {
        Fr[] coefficients = Elements(domain.Size, random);
        Fr[] values = [.. coefficients];
        domain.Evaluate(path, values, coset, threads: 2, CancellationToken.None);
        foreach (int index in (int[])[0, 1, domain.Size - 1, random.Next(domain.Size), random.Next(domain.Size)])
        {
            Fr point = domain.Root.PowVarTime((ulong)index) * (coset ? Fr.FromUInt64(7) : Fr.One);
            AssertEqual(ValueAt(coefficients, point), values[BitReversal.Of(index, domain.LogSize)], path);
        }
    });

    [Fact]
    public void Interpolate_OfValues_GivesCoefficientsBack() => Run([.. Sizes, 0, 1, 4, 7], (domain, path, coset, random) =>
    {
        Fr[] coefficients = Elements(domain.Size, random);
        Fr[] values = [.. coefficients];
        domain.Evaluate(path, values, coset, threads: 2, CancellationToken.None);
        domain.Interpolate(path, values, coset, threads: 2, CancellationToken.None);
        AssertSame(coefficients, values, path);
    });

    // All elements at their greatest, where sums of a whole pass have the same sign.
    [Fact]
    public void Evaluate_GreatestElements_DoesNotOverflow() => Run([9, 13, 14], (domain, path, coset, random) =>
    {
        Fr greatest = random.Next(2) == 0 ? -Fr.One : Fr.FromUInt64(2).Inverse();
        var values = new Fr[domain.Size];
        Array.Fill(values, greatest);
        Fr[] expected = [.. values];
        domain.Evaluate(FieldPath.Scalar, expected, coset, threads: 1, CancellationToken.None);
        domain.Evaluate(path, values, coset, threads: 1, CancellationToken.None);
        AssertSame(expected, values, path);
        domain.Interpolate(path, values, coset, threads: 1, CancellationToken.None);
        Assert.All(values, value => AssertEqual(greatest, value, path));
    });

    [Fact]
    public void Evaluate_OfPolynomialsOfHalfTheSize_MultipliesThem() => Run([6, 10], (domain, path, coset, random) =>
    {
        int half = domain.Size / 2;
        Fr[] left = Elements(half, random), right = Elements(half, random);
        var product = new Fr[domain.Size];
        for (int i = 0; i < half; i++)
        {
            for (int j = 0; j < half; j++)
            {
                product[i + j] += left[i] * right[j];
            }
        }

        Array.Resize(ref left, domain.Size);
        Array.Resize(ref right, domain.Size);
        domain.Evaluate(path, left, coset, threads: 1, CancellationToken.None);
        domain.Evaluate(path, right, coset, threads: 1, CancellationToken.None);
        Fr[] values = [.. left.Zip(right, (a, b) => a * b)];
        domain.Interpolate(path, values, coset, threads: 1, CancellationToken.None);
        AssertSame(product, values, path);
    });

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    public void NaturalOrder_AllFour_AreValuesAtPointsAndBack(int logSize)
    {
        var domain = new FftDomain(logSize);
        Fr[] coefficients = Elements(domain.Size, new Random(Seed));
        Fr[] values = [.. coefficients], onCoset = [.. coefficients];
        domain.Transform(values, 2, CancellationToken.None);
        domain.CosetTransform(onCoset, 2, CancellationToken.None);
        Fr point = domain.Root.PowVarTime(5);
        Assert.Equal(ValueAt(coefficients, point), values[5]);
        Assert.Equal(ValueAt(coefficients, point * FftDomain.Shift), onCoset[5]);
        domain.Inverse(values, 2, CancellationToken.None);
        domain.CosetInverse(onCoset, 2, CancellationToken.None);
        Assert.Equal(coefficients, values);
        Assert.Equal(coefficients, onCoset);
    }

    [Fact]
    public void ReverseBits_EachSize_PutsEachElementWhereItsIndexReversedIs()
    {
        for (int logSize = 0; logSize <= 13; logSize++)
        {
            var domain = new FftDomain(logSize);
            Fr[] values = [.. Enumerable.Range(0, domain.Size).Select(i => Fr.FromUInt64((ulong)i))];
            domain.ReverseBits(values, 2, CancellationToken.None);
            for (int i = 0; i < values.Length; i++)
            {
                int reversed = 0;
                for (int bit = 0; bit < logSize; bit++)
                {
                    reversed |= ((i >> bit) & 1) << (logSize - 1 - bit);
                }

                Assert.Equal(Fr.FromUInt64((ulong)reversed), values[i]);
            }
        }
    }

    [Fact]
    public void Root_EachOrder_HasExactlyThatOrder()
    {
        Assert.Equal(
            "0x16a2a19edfe81f20d09b681922c813b4b63683508c2280b93829971f439f0d2b", RootsOfUnity.Root(32).ToString());
        for (int log = 1; log <= RootsOfUnity.MaxLogOrder; log++)
        {
            Assert.Equal(-Fr.One, RootsOfUnity.Root(log).PowVarTime(1UL << (log - 1)));
            Assert.Equal(Fr.One, RootsOfUnity.Root(log) * RootsOfUnity.InverseRoot(log));
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(1 << 20, 20)]
    [InlineData((1 << 20) + 1, 21)]
    public void AtLeast_Points_IsTheLeastDomain(long points, int logSize) =>
        Assert.Equal(logSize, FftDomain.AtLeast(points).LogSize);

    [Fact]
    public void Plan_EachSize_HasAllStagesWithinTheBounds()
    {
        for (int logSize = FftPlan.MinRowStages; logSize <= FftDomain.MaxLogSize; logSize++)
        {
            var plan = FftPlan.For(logSize);
            Assert.Equal(logSize, plan.ColumnStages.Sum() + plan.RowStages);
            Assert.InRange(plan.RowStages, FftPlan.MinRowStages, FftPlan.MaxRowStages);
            Assert.All(plan.ColumnStages, stages => Assert.InRange(stages, 1, FftPlan.MaxColumnStages));
        }
    }

    [Fact]
    public void Transform_WrongLengthOrThreadsOrCancelled_IsRefused()
    {
        var domain = new FftDomain(10);
        Assert.Throws<ArgumentException>(() => domain.Transform(new Fr[1023], 1, CancellationToken.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => domain.Transform(new Fr[1024], 0, CancellationToken.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FftDomain(FftDomain.MaxLogSize + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => FftDomain.AtLeast(0));
        Assert.ThrowsAny<OperationCanceledException>(
            () => domain.Transform(new Fr[1024], 1, new CancellationToken(canceled: true)));
    }

    // Two passes over columns: 2^23 elements, 256 MiB.
    [Fact]
    [Trait("Category", "Slow")]
    public void Evaluate_ThreePasses_IsTheValueAtPointsAndBack()
    {
        var domain = new FftDomain(23);
        Assert.Equal(2, FftPlan.For(23).ColumnStages.Count);
        var random = new Random(Seed);
        Fr a = Element(random), b = Element(random);
        var values = new Fr[domain.Size];
        (values[3], values[domain.Size - 77]) = (a, b);
        domain.Evaluate(values, coset: true, Environment.ProcessorCount, CancellationToken.None);
        for (int run = 0; run < 1000; run++)
        {
            int index = random.Next(domain.Size);
            Fr point = FftDomain.Shift * domain.Root.PowVarTime((ulong)index);
            Assert.Equal(
                (a * point.PowVarTime(3)) + (b * point.PowVarTime((ulong)(domain.Size - 77))),
                values[BitReversal.Of(index, domain.LogSize)]);
        }

        domain.Interpolate(values, coset: true, Environment.ProcessorCount, CancellationToken.None);
        Assert.Equal(a, values[3]);
        Assert.Equal(b, values[^77]);
        Assert.Equal(values.Length - 2, values.Count(value => value.IsZero));
    }

    private static void Run(int logSize, Action<FftDomain, FieldPath, bool, Random> test) => Run([logSize], test);

    private static void Run(int[] logSizes, Action<FftDomain, FieldPath, bool, Random> test)
    {
        foreach (int logSize in logSizes)
        {
            foreach (FieldPath path in FieldPaths.Supported)
            {
                test(new FftDomain(logSize), path, false, new Random(Seed));
                test(new FftDomain(logSize), path, true, new Random(Seed + logSize));
            }
        }
    }

    private static Fr[] Elements(int count, Random random) =>
        [.. Enumerable.Range(0, count).Select(_ => Element(random))];

    private static Fr Element(Random random)
    {
        var bytes = new byte[Fr.SizeBytes];
        random.NextBytes(bytes);
        bytes[^1] &= 0x3f;
        return random.Next(16) switch
        {
            0 => Fr.Zero,
            1 => -Fr.FromUInt64((ulong)random.Next(1, 3)),
            _ => Fr.FromBytes(bytes),
        };
    }

    private static Fr ValueAt(Fr[] coefficients, Fr point)
    {
        Fr value = Fr.Zero;
        for (int i = coefficients.Length - 1; i >= 0; i--)
        {
            value = (value * point) + coefficients[i];
        }

        return value;
    }

    private static void AssertEqual(Fr expected, Fr actual, FieldPath path) =>
        Assert.True(expected == actual, $"{expected} is not {actual} on {path}, seed {Seed}");

    private static void AssertSame(Fr[] expected, Fr[] actual, FieldPath path)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(expected[i] == actual[i], $"{i}: {expected[i]} is not {actual[i]} on {path}, seed {Seed}");
        }
    }
}
