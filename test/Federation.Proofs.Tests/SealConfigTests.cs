namespace Federation.Proofs.Tests;

public sealed class SealConfigTests
{
    [Theory]
    [InlineData(0, "StackedDrg2KiBV1", "StackedDrg2KiBV1", ApiVersion.V1_0, PoRepFeature.Interactive, 1)]
    [InlineData(6, "StackedDrg8MiBV1_1", "StackedDrg8MiBV1", ApiVersion.V1_1, PoRepFeature.Interactive, 1)]
    [InlineData(
        13, "StackedDrg32GiBV1_1_Feat_SyntheticPoRep", "StackedDrg32GiBV1", ApiVersion.V1_2, PoRepFeature.Synthetic,
        10)]
    [InlineData(
        19, "StackedDrg64GiBV1_2_Feat_NonInteractivePoRep", "StackedDrg64GiBV1", ApiVersion.V1_2,
        PoRepFeature.NonInteractive, 126)]
    public void FromRegistered_KnownNumber_GivesFilecoinsProof(
        int number, string name, string variant, ApiVersion version, PoRepFeature feature, int partitions)
    {
        var config = SealConfig.FromRegistered(number);

        Assert.Equal(name, config.RegisteredName);
        Assert.Equal(variant, config.SizeVariantName);
        Assert.Equal(version, config.ApiVersion);
        Assert.Equal(feature, config.Feature);
        Assert.Equal(partitions, config.Partitions);
        Assert.Equal($"{number:x2}" + new string('0', 62), config.PoRepId.ToString());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(20)]
    public void FromRegistered_UnknownNumber_IsRefused(int number) =>
        Assert.Contains(
            "known are 0 to 19", Assert.Throws<ArgumentException>(() => SealConfig.FromRegistered(number)).Message);

    [Fact]
    public void Create_FeatureOfOlderVersion_IsRefused() =>
        Assert.Contains("needs API version 1.2", Assert.Throws<ArgumentException>(
            () => SealConfig.Create(2048, default, ApiVersion.V1_1, PoRepFeature.Synthetic)).Message);

    [Fact]
    public void Create_UnregisteredShape_HasNoName() =>
        Assert.Null(SealConfig.Create(4096, default, ApiVersion.V1_1, PoRepFeature.Interactive).RegisteredName);

    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7f")]
    [InlineData(128, "8001")]
    [InlineData(1000, "e807")]
    [InlineData(ulong.MaxValue, "ffffffffffffffffff01")]
    public void FromActorId_AnyId_IsItsPaddedAddressPayload(ulong id, string payload) =>
        Assert.Equal(payload.PadRight(64, '0'), ProverId.FromActorId(id).ToString());

    [Fact]
    public void ReplicaId_ModelSector_IsTheKnownValue() => Assert.Equal(
        "deca4188b6c2c90f527800f5f5617074accde9297ab93657cc1ac9d94f89241f",
        ReplicaId.Compute(
            Bytes32.FromHex("01".PadRight(64, '0')),
            1,
            Bytes32.FromHex(string.Concat(Enumerable.Repeat("01", 32))),
            Bytes32.FromHex("c005dcaf8dfd4c0ce119679c1a78cd364db8654a8a6d1036f5b0d6025bf00f35"),
            SealConfig.FromRegistered(5).PoRepId).ToString());
}
