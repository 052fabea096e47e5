using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Federation.Proofs.Sha256;

namespace Federation.Proofs.Tests.Sha256;

public class TreeHasherTests
{
    private const int Seed = 254;

    private delegate int Kernel(ReadOnlySpan<byte> pairs, Span<byte> parents);

    public static TheoryData<int> Lanes => [1, 4, 8, 16];

    // One vector, two states at once, and both.
    [Theory]
    [MemberData(nameof(Lanes))]
    public void Kernel_OnRandomNodes_EqualsSystemSha256(int lanes)
    {
        for (int run = 0; run < 12; run++)
        {
            int count = lanes * ((run % 3) + 1);
            byte[] pairs = RandomNodes(2 * count, Seed + run);
            var parents = new byte[count * 32];
            Assert.Equal(count, KernelOf(lanes)(pairs, parents));
            Assert.True(Expected(pairs).AsSpan().SequenceEqual(parents), $"{lanes} lanes, seed {Seed + run}");
        }
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public void Kernel_ParentsOverPairs_AreUnchanged(int lanes)
    {
        byte[] pairs = RandomNodes(6 * lanes, Seed);
        byte[] expected = Expected(pairs);
        KernelOf(lanes)(pairs, pairs.AsSpan(0, 3 * lanes * 32));
        Assert.Equal(expected, pairs[..expected.Length]);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void Kernel_LessThanAVector_IsLeft(int lanes)
    {
        byte[] pairs = RandomNodes(2 * ((2 * lanes) - 1), Seed);
        var parents = new byte[pairs.Length / 2];
        Assert.Equal(lanes, KernelOf(lanes)(pairs, parents));
        Assert.Equal(Expected(pairs)[..(lanes * 32)], parents[..(lanes * 32)]);
        Assert.All(parents[(lanes * 32)..], value => Assert.Equal(0, value));
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
        1 => HashOneByOne,
        4 => Sha256Pairs<Vector128<uint>, Lanes4>.Hash,
        8 => Sha256Pairs<Vector256<uint>, Lanes8>.Hash,
        _ => Sha256Pairs<Vector512<uint>, Lanes16>.Hash,
    };

    private static int HashOneByOne(ReadOnlySpan<byte> pairs, Span<byte> parents)
    {
        for (int i = 0; i < pairs.Length; i += 64)
        {
            Sha256Scalar.HashPair(pairs.Slice(i, 64), parents.Slice(i / 2, 32));
        }

        return pairs.Length / 64;
    }

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
