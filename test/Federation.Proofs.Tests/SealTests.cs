namespace Federation.Proofs.Tests;

/// <summary>Whole seals that the specification computes itself, on one thread with the least memory.</summary>
public class SealTests
{
    // The specification's own whole seals: prover 1, sector 1, ticket of ones, one PoRep id of a chain's and one of tests.
    [Theory]
    [InlineData(
        2048,
        "0000000000000000000000000000000000000000000000000000000000000000",
        ApiVersion.V1_0,
        0x00,
        "d0cf6a1b14c20c31c4de346ddfbee8c3524851ebd4b04d04cd50d0ebac09c02d",
        "0f1a577f7b84c2019d80ec959997b7435577df8ffa8de1e39d91920f99d5d3c2",
        "d978cd2c19f0f3945d001e37d933cadf4e78c6f107674430a6a82c56379d6335")]
    [InlineData(
        2048,
        "0500000000000000000000000000000000000000000000000000000000000000",
        ApiVersion.V1_1,
        0xcc,
        "deca4188b6c2c90f527800f5f5617074accde9297ab93657cc1ac9d94f89241f",
        "7edf13c819beeed26dcf11a37746c36de876262b6c9b529cb8897e5a7e71ead0",
        "4043c0f1a630567cedffa5449aedf1e72f743a2dfff10f9199d9d3676500ba49")]
    [InlineData(
        4096,
        "8080808080808080808080808080808080808080808080808080808080808080",
        ApiVersion.V1_1,
        0xcc,
        "151e85de13a77996e911a8f49e4bcc08b367072e1fcd77e075dcddafa2934a3e",
        "04f1613526449c1a28679574b5dda0e073755ffbe16ad1b9e957c7f3739aaebc",
        "36b0404f04b76e030fb9db7b1a8315a5ad353da92e92bb1c16b5a05277ca553d")]
    [InlineData(
        32768,
        "8080808080808080808080808080808080808080808080808080808080808080",
        ApiVersion.V1_1,
        0xcc,
        "7ce589e126cc2bb359a02878a9f9e211ff66fde9d1d800da4e89daab4a34e40f",
        "58931ce109788e09ca828146fd3d073bf06e97d13150dd576c5d1ea41b933710",
        "4437aa20581d8e29c90caeb085e3e9777a81bf919928e1c753d7f755c631da4a")]
    public void Seal_SpecificationsSector_HasItsValues(
        int size, string poRepId, ApiVersion version, byte content, string replicaId, string sealedDigest, string commR)
    {
        var inputs = new SealPublicInputs
        {
            ProverId = ProverId.FromActorId(1),
            Sector = 1,
            Ticket = Bytes32.FromHex(string.Concat(Enumerable.Repeat("01", 32))),
            Seed = default,
            CommD = default,
            CommR = default,
        };
        var config = SealConfig.Create(size, Bytes32.FromHex(poRepId), version, PoRepFeature.Interactive);
        byte[] data = [.. Enumerable.Repeat(content, (int)config.Shape.UnpaddedSize)];
        var options = new SealOptions { Threads = 1, MemoryBytes = SealOptions.MinimumMemoryBytes };
        using var sector = new SealedSector(config, inputs, data, options);

        Assert.Equal(replicaId, sector.PreCommit1.ReplicaId.ToString());
        Assert.Equal(commR, sector.PreCommit2.CommR.ToString());
        Assert.Equal((size, sealedDigest), sector.Files()["sealed"]);
    }
}
