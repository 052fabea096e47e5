using Federation.Proofs.ChaCha;
using Federation.Proofs.Graph;

namespace Federation.Proofs.Tests.Graph;

/// <summary>Rows made in batches, against the plain form that makes them one by one.</summary>
public sealed class ParentRowsTests
{
    [Theory]
    [InlineData(0, 0u, 64)]
    [InlineData(5, 0u, 64)]
    [InlineData(6, 0u, 5000)]
    [InlineData(6, (1u << 18) - 700, 700)]
    [InlineData(7, 0u, 1)]
    [InlineData(7, 1u, 2)]
    [InlineData(7, 13107u, 600)]
    [InlineData(3, 1073741824u - 257, 257)]
    [InlineData(8, 858993459u, 513)]
    [InlineData(9, 2147483648u - 300, 300)]
    [InlineData(4, 2147483648u - 300, 300)]
    public void Rows_AnyRange_AreThoseOfThePlainForm(int registered, uint first, int count)
    {
        var graph = new SdrGraph(SealConfig.FromRegistered(registered), tabulate: true);
        var rows = new uint[count * SdrGraph.Degree];
        graph.Rows(first, rows);

        var expected = new uint[SdrGraph.Degree];
        for (var i = 0; i < count; i++)
        {
            graph.Parents(first + (uint)i, expected);
            Assert.Equal(expected, rows[(i * SdrGraph.Degree)..((i + 1) * SdrGraph.Degree)]);
        }
    }

    [Fact]
    public void Rows_GraphWithoutTables_AreThoseOfThePlainForm()
    {
        var plain = new SdrGraph(SealConfig.FromRegistered(6), tabulate: false);
        var rows = new uint[30 * SdrGraph.Degree];
        plain.Rows(1000, rows);

        var expected = new uint[rows.Length];
        new SdrGraph(SealConfig.FromRegistered(6), tabulate: true).Rows(1000, expected);
        Assert.Equal(expected, rows);
    }

    [Fact]
    public void Sample_VectorsOfEachWidth_GiveTheSame()
    {
        var seeds = GraphSeeds.Derive(SealConfig.FromRegistered(8).PoRepId);
        var sampler = new BaseParentSampler(seeds.DrgSeed);
        var graph = new SdrGraph(SealConfig.FromRegistered(8), tabulate: false);
        foreach (var first in new[] { 2u, 3u, 255u, 1_000_000_007u })
        {
            foreach (var count in new[] { 1, 3, 16, 37 })
            {
                var expected = new uint[count * SdrGraph.Degree];
                for (var i = 0; i < count; i++)
                {
                    var parents = new uint[SdrGraph.BaseDegree];
                    graph.BaseParents(first + (uint)i, parents);
                    parents[1..].CopyTo(expected.AsSpan(i * SdrGraph.Degree));
                }

                Assert.Equal(expected, Sampled<LaneWords1>(sampler, first, count));
                Assert.Equal(expected, Sampled<LaneWords4>(sampler, first, count));
                Assert.Equal(expected, Sampled<LaneWords8>(sampler, first, count));
                Assert.Equal(expected, Sampled<LaneWords16>(sampler, first, count));
            }
        }
    }

    [Fact]
    public void Compute_EachLane_IsTheGeneratorOfItsKey()
    {
        var words = new uint[ChaCha8Lanes.StreamWords * LaneWords16.Lanes];
        ChaCha8Lanes.Compute<LaneWords16>([1, 2, 3, 4, 5, 6, 7], uint.MaxValue - 3, words);

        for (var lane = 0; lane < LaneWords16.Lanes; lane++)
        {
            var key = new byte[ChaCha20.KeySize];
            Buffer.BlockCopy(new uint[] { 1, 2, 3, 4, 5, 6, 7, uint.MaxValue - 3 + (uint)lane }, 0, key, 0, key.Length);
            var rng = new ChaCha8Rng(key, new uint[2 * ChaChaBlock.Words]);
            for (var i = 0; i < ChaCha8Lanes.StreamWords; i += 2)
            {
                Assert.Equal(
                    rng.NextUInt64(),
                    words[(i * LaneWords16.Lanes) + lane] | ((ulong)words[((i + 1) * LaneWords16.Lanes) + lane] << 32));
            }
        }
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData((1ul << 62) + 1)]
    public void Divisor_OutOfRange_IsRefused(ulong divisor) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Divisor(divisor));

    [Fact]
    public void PermuteMany_ValuesOutsideTheDomain_AreRefused()
    {
        var permutation = new FeistelPermutation([1, 2, 3], 1 << 9, tabulate: true);

        // From outside the domain a walk might never enter it.
        Assert.Throws<ArgumentOutOfRangeException>(() => permutation.PermuteMany(500, new ulong[13]));
        Assert.Throws<ArgumentOutOfRangeException>(() => permutation.PermuteMany(ulong.MaxValue, new ulong[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => permutation.PermuteMany(0, new ulong[513]));
    }

    [Theory]
    [InlineData(1ul)]
    [InlineData(2ul)]
    [InlineData(3ul)]
    [InlineData(27ul)]
    [InlineData((1ul << 26) + 1)]
    [InlineData((1ul << 33) + 1)]
    [InlineData(1ul << 62)]
    public void Remainder_AnyNumber_IsThatOfTheDivision(ulong divisor)
    {
        var random = new Random(1);
        var numbers = new List<ulong> { 0, 1, divisor - 1, divisor, divisor + 1, ulong.MaxValue - 1, ulong.MaxValue };
        for (var i = 0; i < 10_000; i++)
        {
            // Multiples and their neighbours are where a quotient can be one off.
            var near = (ulong)random.NextInt64() / divisor * divisor;
            numbers.AddRange([near - 1, near, near + 1, (ulong)random.NextInt64(long.MinValue, long.MaxValue)]);
        }

        Assert.All(numbers, number => Assert.Equal(number % divisor, new Divisor(divisor).Remainder(number)));
    }

    [Fact]
    public void Rows_AfterTheFirst_AllocateNothing()
    {
        var graph = new SdrGraph(SealConfig.FromRegistered(6), tabulate: true);
        var rows = new uint[1000 * SdrGraph.Degree];

        Allocations.AssertNone(() => graph.Rows(2, rows));
    }

    private static uint[] Sampled<T>(BaseParentSampler sampler, uint first, int count)
        where T : unmanaged, ILaneWords<T>
    {
        var rows = new uint[count * SdrGraph.Degree];
        sampler.Sample<T>(first, count, rows);
        for (var i = 0; i < count; i++)
        {
            rows.AsSpan((i * SdrGraph.Degree) + BaseParentSampler.Sampled, SdrGraph.Degree - BaseParentSampler.Sampled)
                .Clear();
        }

        return rows;
    }
}
