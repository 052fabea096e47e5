using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Federation.Proofs.Sha256;

namespace Federation.Proofs.Tests.Sha256;

public class TreeHasherTests
{
    private const int Seed = 254;

    private delegate void Kernel(ReadOnlySpan<byte> pairs, Span<byte> parents);

    public static TheoryData<int> Lanes => [1, 4, 8, 16];

    // Less than a vector, one, two states at once, and what is left behind them.
    [Theory]
    [MemberData(nameof(Lanes))]
    public void Kernel_AnyNumber_EqualsSystemSha256InPlaceAndApart(int lanes)
    {
        Kernel kernel = KernelOf(lanes);
        for (int count = 0; count <= (4 * lanes) + 1; count++)
        {
            byte[] pairs = RandomNodes(2 * count, Seed + count);
            byte[] expected = Expected(pairs);
            var parents = new byte[count * 32];
            kernel(pairs, parents);
            Assert.True(expected.AsSpan().SequenceEqual(parents), $"{lanes} lanes, {count} pairs, seed {Seed + count}");
            kernel(pairs, pairs.AsSpan(0, parents.Length));
            Assert.Equal(expected, pairs[..expected.Length]);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void Kernel_OfWrongLength_IsRefused(int lanes)
    {
        Kernel kernel = KernelOf(lanes);
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel(new byte[(lanes * 64) - 1], new byte[lanes * 32]));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel(new byte[lanes * 64], new byte[(lanes * 32) + 1]));
    }

    [Fact]
    public void HashPairs_AnyNumber_EqualsSystemSha256InPlaceAndApart()
    {
        for (int count = 0; count <= 70; count++)
        {
            byte[] pairs = RandomNodes(2 * count, Seed + count);
            byte[] expected = Expected(pairs);
            var parents = new byte[count * 32];
            TreeHasher.HashPairs(pairs, parents);
            Assert.Equal(expected, parents);
            TreeHasher.HashPairs(pairs, pairs.AsSpan(0, count * 32));
            Assert.Equal(expected, pairs[..expected.Length]);
        }
    }

    [Theory]
    [InlineData(63, 32)]
    [InlineData(64, 31)]
    [InlineData(64, 64)]
    public void HashPairs_OfWrongLength_IsRefused(int pairs, int parents) =>
        Assert.Throws<ArgumentException>(() => TreeHasher.HashPairs(new byte[pairs], new byte[parents]));

    [Fact]
    public void HashPairs_Repeated_AllocatesNothing()
    {
        var pairs = new byte[64 * 31];
        var parents = new byte[32 * 31];
        TreeHasher.HashPairs(pairs, parents);
        Allocations.AssertNone(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                TreeHasher.HashPairs(pairs, parents);
            }
        });
    }

    private static Kernel KernelOf(int lanes) => lanes switch
    {
        1 => Sha256Scalar.HashPairs,
        4 => Sha256Pairs<Vector128<uint>, Lanes4>.Hash,
        8 => Sha256Pairs<Vector256<uint>, Lanes8>.Hash,
        _ => Sha256Pairs<Vector512<uint>, Lanes16>.Hash,
    };

    private static byte[] RandomNodes(int count, int seed)
    {
        var nodes = new byte[count * 32];
        new Random(seed).NextBytes(nodes);
        return nodes;
    }

    private static byte[] Expected(byte[] pairs)
    {
        var parents = new byte[pairs.Length / 2];
        for (int i = 0; i < pairs.Length; i += 64)
        {
            SHA256.HashData(pairs.AsSpan(i, 64), parents.AsSpan(i / 2, 32));
            parents[(i / 2) + 31] &= 0x3f;
        }

        return parents;
    }
}
