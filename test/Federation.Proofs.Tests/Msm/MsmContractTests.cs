using Federation.Proofs.Curve;
using Federation.Proofs.Fields;
using Federation.Proofs.Tests.Curve;

namespace Federation.Proofs.Tests.Msm;

/// <summary>
/// What holds for sums in either group, against double-and-add of each point: on every path, for all kinds of scalars
/// and of points, on one thread and on more than windows.
/// </summary>
public abstract class MsmContractTests<TPoint>
    where TPoint : unmanaged
{
    private const int Seed = 52106;

    // Of every size's bucket additions, some are of equal, of opposite and of no points.
    private static readonly int[] Counts = [0, 1, 2, 3, 17, 200];

    [Fact]
    public void Sum_AnyScalarsAndPoints_IsThatOfTheProducts()
    {
        foreach (int count in Counts)
        {
            Check(count, threads: 2, Scalar);
            Check(count, threads: 50, Scalar);
        }
    }

    [Fact]
    public void Sum_ScalarsOfBits_IsThatOfThePoints() =>
        Check(300, threads: 2, random => Fr.FromUInt64((ulong)random.Next(2)));

    [Fact]
    public void Sum_EqualScalars_PutsAllPointsIntoOneBucket() =>
        Check(150, threads: 2, _ => Fr.FromUInt64(0x1234_5678_9abc_def0));

    // The greatest digits, and those that borrow from the next window.
    [Fact]
    public void Sum_ScalarsAtEdgesOfDigits_IsThatOfTheProducts() =>
        Check(260, threads: 1, random => random.Next(2) == 0
            ? -Fr.FromUInt64(1UL << random.Next(64))
            : Fr.FromUInt64(2).PowVarTime((ulong)random.Next(255)) - Fr.FromUInt64((ulong)random.Next(2)));

    // Chunks of few points: buckets are filled again, and ones come in several lots.
    [Fact]
    public void Sum_ManyChunks_IsThatOfAll() => Check(230, threads: 3, Scalar, partPoints: 7);

    [Fact]
    public void Sum_EncodedWithDensity_TakesABaseForEachBit() => ForEachPath((path, random) =>
    {
        (TPoint[] points, TPoint[] products, Fr[] scalars) = Cases(130, random, Scalar);
        var density = new ulong[3];
        var bases = new List<byte>();
        var expected = new List<TPoint>();
        for (int i = 0; i < points.Length; i++)
        {
            if (random.Next(3) != 0)
            {
                density[i / 64] |= 1UL << (i % 64);
                bases.AddRange(Encode(points[i]));
                expected.Add(products[i]);
            }
        }

        byte[] encoded = [.. bases], less = encoded[..^(encoded.Length / expected.Count)];
        Assert.Equal(Add(expected), SumEncoded(path, encoded, scalars, density, 2));
        Assert.Throws<ArgumentException>(() => SumEncoded(path, less, scalars, density, 2));
        Assert.Throws<ArgumentException>(() => SumEncoded(path, encoded, scalars, [1], 2));
    });

    [Fact]
    public void Sum_EncodingOfNoPoint_IsRefused() => ForEachPath((path, random) =>
    {
        (TPoint[] points, _, _) = Cases(3, random, Scalar);
        byte[] encoded = [.. points.SelectMany(Encode)];
        Array.Fill(encoded, (byte)0x1f, encoded.Length / 3, 48);
        Fr[] scalars = [Fr.FromUInt64(2), Fr.FromUInt64(3), Fr.One];
        Assert.Throws<InvalidPointException>(() => SumEncoded(path, encoded, scalars, [], 1));
    });

    [Fact]
    public void Sum_Cancelled_Ends() =>
        Assert.ThrowsAny<OperationCanceledException>(() =>
            SumPublic([Generator, Generator], [-Fr.One, -Fr.One], 1, new CancellationToken(canceled: true)));

    [Fact]
    public void Sum_LengthsThatDiffer_AreRefused() =>
        Assert.Throws<ArgumentException>(() =>
            SumPublic([Generator], [Fr.One, Fr.One], 1, CancellationToken.None));

    [Fact]
    public void FixedBase_AnyScalars_AreTheProducts() => ForEachPath((path, random) =>
    {
        Fr[] scalars = [Fr.Zero, Fr.One, -Fr.One, Fr.One, .. Enumerable.Range(0, 60).Select(_ => Scalar(random))];
        TPoint point = Multiply(Generator, Scalar(random));
        foreach (long announced in (long[])[1, 5000])
        {
            TPoint[] products = Multiples(path, point, scalars, announced);
            for (int i = 0; i < scalars.Length; i++)
            {
                Assert.True(
                    products[i].Equals(Multiply(point, scalars[i])), $"{i}: {scalars[i]} on {path}, seed {Seed}");
            }
        }
    });

    private protected abstract TPoint Generator { get; }

    private protected abstract TPoint Multiply(TPoint point, Fr scalar);

    private protected abstract TPoint Add(IEnumerable<TPoint> points);

    private protected abstract byte[] Encode(TPoint point);

    private protected abstract TPoint Sum(
        FieldPath path, TPoint[] points, Fr[] scalars, int threads, int partPoints);

    private protected abstract TPoint SumEncoded(
        FieldPath path, byte[] bases, Fr[] scalars, ulong[] density, int threads);

    private protected abstract TPoint SumPublic(
        TPoint[] points, Fr[] scalars, int threads, CancellationToken cancellationToken);

    private protected abstract TPoint[] Multiples(FieldPath path, TPoint point, Fr[] scalars, long announced);

    private static Fr Scalar(Random random) => random.Next(10) switch
    {
        0 => Fr.Zero,
        1 => Fr.One,
        2 => -Fr.One,
        3 => Fr.FromUInt64((ulong)random.Next(2, 40)),
        _ => CurvePoints.RandomScalar(random),
    };

    private static void ForEachPath(Action<FieldPath, Random> test)
    {
        foreach (FieldPath path in FieldPaths.Supported)
        {
            test(path, new Random(Seed));
        }
    }

    private void Check(int count, int threads, Func<Random, Fr> scalar, int partPoints = 1 << 16)
    {
        (TPoint[] points, TPoint[] products, Fr[] scalars) = Cases(count, new Random(Seed), scalar);
        TPoint expected = Add(products);
        foreach (FieldPath path in FieldPaths.Supported)
        {
            TPoint sum = Sum(path, points, scalars, threads, partPoints);
            Assert.True(sum.Equals(expected), $"{count} points on {path}, seed {Seed}");
        }
    }

    // Few different points, some opposite, some at infinity.
    private (TPoint[] Points, TPoint[] Products, Fr[] Scalars) Cases(
        int count, Random random, Func<Random, Fr> scalar)
    {
        TPoint[] few = [.. Enumerable.Range(0, 12).Select(_ => Multiply(Generator, CurvePoints.RandomScalar(random)))];
        var points = new TPoint[count];
        var products = new TPoint[count];
        var scalars = new Fr[count];
        for (int i = 0; i < count; i++)
        {
            TPoint point = few[random.Next(few.Length)];
            points[i] = random.Next(8) switch
            {
                0 => Multiply(point, -Fr.One),
                1 => Multiply(point, Fr.Zero),
                _ => point,
            };
            scalars[i] = scalar(random);
            products[i] = Multiply(points[i], scalars[i]);
        }

        return (points, products, scalars);
    }
}
