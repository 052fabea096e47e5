using Federation.Proofs.Challenges;
using Federation.Proofs.Commit1;
using Federation.Proofs.Verification;

namespace Federation.Proofs.Tests;

/// <summary>
/// Sectors that an independent model of the specification sealed; the reference's vectors do not name them.
/// </summary>
public sealed class ModelSectorTests
{
    [Fact]
    public void Seal_ModelA_IsItsCommitmentsAndFiles() => AssertSector(
        SealConfig.FromRegistered(5),
        0xcc,
        new()
        {
            ["comm_d"] = "c005dcaf8dfd4c0ce119679c1a78cd364db8654a8a6d1036f5b0d6025bf00f35",
            ["replica_id"] = "deca4188b6c2c90f527800f5f5617074accde9297ab93657cc1ac9d94f89241f",
            ["comm_c"] = "c18f2668e3dc3c993b1c42de918ac0109384fd0390d420c9f09f6937d4ebfd3d",
            ["comm_r_last"] = "5ac3471d4e789a8be6b85740a5a3a9c5f738dbd990fe69cb38dd3703f4f08016",
            ["comm_r"] = "4043c0f1a630567cedffa5449aedf1e72f743a2dfff10f9199d9d3676500ba49",
            ["challenges"] = "26,26",
            ["sc-02-data-layer-1.dat"] = "bcbbf507ae9d25540f68c0b54b92bbbe27c0653f69b37c0f16eda03054a3ccdb",
            ["sc-02-data-layer-2.dat"] = "da92cb05121b7bd3f714567968a661c6c3b26e655d7b4749869a4fd152646c82",
            ["sc-02-data-tree-d.dat"] = "106d9fbde65f34014152dc3e1faafbd6d7e805dc0a17977ee9547bc8b853cb7b",
            ["sc-02-data-tree-c.dat"] = "06aa78776e69e393e425e3226fed3e05c735413b89f40f151c6fa97730c6d9d7",
            ["sc-02-data-tree-r-last.dat"] = "9b18db693d6d67a96a1be4bf7dc3666cf22551f73ff7f90c4d1be0bc3fc380c2",
            ["sealed"] = "7edf13c819beeed26dcf11a37746c36de876262b6c9b529cb8897e5a7e71ead0",
        });

    [Fact]
    public void Seal_ModelB_IsItsCommitmentsAndFiles() => AssertSector(
        SealConfig.FromRegistered(0),
        0,
        new()
        {
            ["comm_d"] = "fc7e928296e516faade986b28f92d44a4f24b935485223376a799027bc18f833",
            ["replica_id"] = "d0cf6a1b14c20c31c4de346ddfbee8c3524851ebd4b04d04cd50d0ebac09c02d",
            ["comm_c"] = "d27eb67cd972e3a90203ffb6a24279d926707e548b1fc414818dbd07d87acb39",
            ["comm_r_last"] = "d9ad29266b18912fa99a35da733f96d7ffeea2f5cbcc875b5f3e2938c533190f",
            ["comm_r"] = "d978cd2c19f0f3945d001e37d933cadf4e78c6f107674430a6a82c56379d6335",
            ["challenges"] = "37,14",
            ["sc-02-data-layer-1.dat"] = "c9a0fc458eeb78cad9a446320c5051117485e9efad8ec33f3df02ac1fc690f0a",
            ["sc-02-data-layer-2.dat"] = "0f1a577f7b84c2019d80ec959997b7435577df8ffa8de1e39d91920f99d5d3c2",
            ["sc-02-data-tree-d.dat"] = "c052e3d081bdc66ad47aa2072b3cae0bd5a0bdccb0fa517d5e43102fd726d78a",
            ["sc-02-data-tree-c.dat"] = "8e372a9918b8f1857d0af0fe3d69380f56696af44d55b63385833c7566512a37",
            ["sc-02-data-tree-r-last.dat"] = "e11369cfecf0c1a2c5ad1c617ba5ac6a04c412253cc64367aabac4f64f4d6095",
            ["sealed"] = "0f1a577f7b84c2019d80ec959997b7435577df8ffa8de1e39d91920f99d5d3c2",
        });

    [Fact]
    public void Seal_ModelC_IsItsCommitmentsAndReplica() => AssertSector(
        SealConfig.Create(4096, Repeat(128), ApiVersion.V1_1, PoRepFeature.Interactive),
        0xcc,
        new()
        {
            ["comm_d"] = "77111dcea89fad8c002dc091babed1352119e04af1dfa6f5b6f93f20ca36d00f",
            ["replica_id"] = "151e85de13a77996e911a8f49e4bcc08b367072e1fcd77e075dcddafa2934a3e",
            ["comm_c"] = "596f2dcc7affa4f797faedd8e4a674a5d7ade0587ee99b36a52005e809278b5d",
            ["comm_r_last"] = "e94e32d3ce32ccf0c65e054a44aa15f3efff7e70ac9657eafbfdf0a01ed92535",
            ["comm_r"] = "36b0404f04b76e030fb9db7b1a8315a5ad353da92e92bb1c16b5a05277ca553d",
            ["challenges"] = "23,32",
            ["sealed"] = "04f1613526449c1a28679574b5dda0e073755ffbe16ad1b9e957c7f3739aaebc",
        });

    [Fact]
    public void Seal_ModelD_IsItsCommitmentsAndReplica() => AssertSector(
        SealConfig.Create(32768, Repeat(128), ApiVersion.V1_1, PoRepFeature.Interactive),
        0xcc,
        new()
        {
            ["comm_d"] = "10a88f8e8fe61462f1912f2a025022951f5053cbfae647e798b48f3e0b0de427",
            ["replica_id"] = "7ce589e126cc2bb359a02878a9f9e211ff66fde9d1d800da4e89daab4a34e40f",
            ["comm_c"] = "e8817a401f5f669dc4f2faaf04069dd6885c470ed7ecb8f41c2405903652ce6e",
            ["comm_r_last"] = "a36127541dbf6e37c543d9193bc308eb325979927dede71db67abff9db932a32",
            ["comm_r"] = "4437aa20581d8e29c90caeb085e3e9777a81bf919928e1c753d7f755c631da4a",
            ["challenges"] = "594,878",
            ["sealed"] = "58931ce109788e09ca828146fd3d073bf06e97d13150dd576c5d1ea41b933710",
        });

    /// <summary>
    /// Features of shapes that no vector has: their proofs are made, accepted, and not accepted for another feature.
    /// </summary>
    [Theory]
    [InlineData(4096, PoRepFeature.Synthetic)]
    [InlineData(4096, PoRepFeature.NonInteractive)]
    [InlineData(32768, PoRepFeature.Synthetic)]
    [InlineData(32768, PoRepFeature.NonInteractive)]
    public void Seal_FeatureOfAnyShape_ProvesWhatItVerifies(long size, PoRepFeature feature)
    {
        var config = SealConfig.Create(size, Repeat(129), ApiVersion.V1_2, feature);
        using var sector = Seal(config, 0x5a);
        var (fromCache, challenges) = sector.Commit1(Commit1Form.Raw);
        if (feature == PoRepFeature.Synthetic)
        {
            sector.WriteSyntheticProofs();
            SealCache.Clear(config.Shape, sector.Cache);

            Assert.Equal(fromCache, sector.Commit1(Commit1Form.Raw).Output);
        }

        var interactive = SealConfig.Create(size, Repeat(129), ApiVersion.V1_2, PoRepFeature.Interactive);
        Assert.Equal(challenges, PoRepChallenges.All(config, sector.Inputs));
        Assert.Equal(
            VerificationResult.Accepted,
            VanillaProofVerifier.Verify(config, sector.Inputs, new MemoryStream(fromCache)));
        Assert.False(VanillaProofVerifier.Verify(interactive, sector.Inputs, new MemoryStream(fromCache)).IsValid);
    }

    private static void AssertSector(SealConfig config, byte filler, Dictionary<string, string> expected)
    {
        using var sector = Seal(config, filler);
        var (output, challenges) = sector.Commit1(Commit1Form.Raw);
        var files = sector.Files();
        var actual = new Dictionary<string, string>
        {
            ["comm_d"] = sector.PreCommit1.CommD.ToString(),
            ["replica_id"] = sector.PreCommit1.ReplicaId.ToString(),
            ["comm_c"] = sector.PreCommit2.CommC.ToString(),
            ["comm_r_last"] = sector.PreCommit2.CommRLast.ToString(),
            ["comm_r"] = sector.PreCommit2.CommR.ToString(),
            ["challenges"] = string.Join(',', challenges[0]),
        };

        Assert.All(
            expected, pair => Assert.Equal(pair.Value, actual.GetValueOrDefault(pair.Key) ?? files[pair.Key].Digest));
        Assert.True(VanillaProofVerifier.Verify(config, sector.Inputs, new MemoryStream(output)).IsValid);
    }

    private static SealedSector Seal(SealConfig config, byte filler)
    {
        var inputs = new SealPublicInputs
        {
            ProverId = ProverId.FromActorId(1),
            Sector = 1,
            Ticket = Repeat(1),
            Seed = Repeat(2),
            CommD = default,
            CommR = default,
        };
        var data = new byte[config.Shape.UnpaddedSize];
        Array.Fill(data, filler);
        return new SealedSector(config, inputs, data);
    }

    private static Bytes32 Repeat(byte value)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        bytes.Fill(value);
        return new Bytes32(bytes);
    }
}
