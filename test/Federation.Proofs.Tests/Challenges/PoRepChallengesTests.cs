using System.Numerics;
using Federation.Proofs.Challenges;

namespace Federation.Proofs.Tests.Challenges;

public sealed class PoRepChallengesTests
{
    // rust-fil-proofs: challenges.rs, tests of synthetic challenges: 10 of a set of 21, over 1024 nodes.
    [Fact]
    public void Selected_PublishedReplica_IsThePublishedSelection()
    {
        var set = new SyntheticChallenges(1024, 21, Number(55), Number(101));
        var seed = Bytes32.FromHex(string.Concat(Enumerable.Repeat("01", 32)));

        Assert.Equal(
            [178, 297, 869, 211, 875, 477, 94, 781, 124, 332, 856, 801, 176, 692, 429, 691, 290, 204, 986, 210, 973],
            Enumerable.Range(0, 21).Select(number => set[number]));
        Assert.Equal(
            [176, 781, 801, 986, 290, 211, 692, 856, 986, 332],
            Enumerable.Range(0, 10).Select(position => set[set.Selected(seed, position)]));
    }

    [Theory]
    [InlineData(
        5, "deca4188b6c2c90f527800f5f5617074accde9297ab93657cc1ac9d94f89241f",
        "4043c0f1a630567cedffa5449aedf1e72f743a2dfff10f9199d9d3676500ba49", "26,26", "63,54,3,40")]
    [InlineData(
        0, "d0cf6a1b14c20c31c4de346ddfbee8c3524851ebd4b04d04cd50d0ebac09c02d",
        "d978cd2c19f0f3945d001e37d933cadf4e78c6f107674430a6a82c56379d6335", "37,14", "3,41,44,1")]
    public void All_ModelSectors_AreTheModels(
        int number, string replicaId, string commR, string interactive, string nonInteractive)
    {
        var seed = Bytes32.FromHex(string.Concat(Enumerable.Repeat("02", 32)));
        var config = SealConfig.FromRegistered(number);
        var ni = SealConfig.Create(2048, config.PoRepId, ApiVersion.V1_2, PoRepFeature.NonInteractive);
        var (replica, comm) = (Bytes32.FromHex(replicaId), Bytes32.FromHex(commR));

        Assert.Equal(
            interactive, string.Join(',', PoRepChallenges.All(config, replica, comm, seed).SelectMany(part => part)));
        Assert.Equal(
            nonInteractive,
            string.Join(',', PoRepChallenges.All(ni, replica, comm, seed).SelectMany(part => part).Take(4)));
    }

    [Theory]
    [InlineData(8, 10, 18)]
    [InlineData(14, 10, 18)]
    [InlineData(19, 126, 18)]
    [InlineData(15, 13, 2)]
    public void All_AnyFeature_HasItsPartitions(int number, int partitions, int perPartition)
    {
        var challenges = PoRepChallenges.All(SealConfig.FromRegistered(number), Number(1), Number(2), Number(3));

        Assert.Equal(partitions, challenges.Length);
        Assert.All(challenges, partition => Assert.Equal(perPartition, partition.Length));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(1L << 30)]
    [InlineData(1L << 31)]
    public void From_AnyRandomness_IsTheIntegersRemainder(long nodes)
    {
        var random = new Random(7);
        var bytes = new byte[32];
        for (var i = 0; i < 1000; i++)
        {
            random.NextBytes(bytes);
            var expected = (new BigInteger(bytes, isUnsigned: true) % (nodes - 1)) + 1;

            Assert.Equal(expected, ChallengeNumber.From(bytes, nodes));
        }
    }

    private static Bytes32 Number(byte value) => Bytes32.FromHex($"{value:x2}".PadRight(64, '0'));
}
