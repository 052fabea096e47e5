using Federation.Proofs.Post;
using Federation.Proofs.Verification;

namespace Federation.Proofs.Tests.Post;

/// <summary>Sectors that can be proved are proved, whatever the others' state.</summary>
public sealed class PostVanillaPhaseTests
{
    private static readonly PostVector Vector = PostVector.All.First(vector => vector.Sectors.Length == 3);

    public static TheoryData<string, string> Damages => new()
    {
        { "p_aux", "missing" },
        { "p_aux", "cut" },
        { "p_aux", "changed" },
        { "sc-02-data-tree-r-last.dat", "missing" },
        { "sc-02-data-tree-r-last.dat", "cut" },
        { "sc-02-data-tree-r-last.dat", "changed" },
        { "sealed", "missing" },
        { "sealed", "cut" },
        { "sealed", "changed" },
        { "sealed", "no field element" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Run_DamagedSector_IsNamedAndTheOthersAreProved(string file, string damage)
    {
        using var sectors = new PostSectors(Vector.Seals);
        Damage(sectors[1].PathOf(file), damage);

        foreach (var version in Enum.GetValues<ApiVersion>())
        {
            var config = PostConfig.Create(Vector.Config.Shape, PostKind.Window, version);
            var result = Run(config, sectors);

            var faulty = Assert.Single(result.Faulty);
            Assert.Equal(1ul, faulty.Number);
            Assert.NotEmpty(faulty.Reason);
            Assert.Equal([0ul, 2], result.Statement!.Sectors.Select(sector => sector.Number));
            Assert.Equal(VerificationResult.Accepted, PostProofVerifier.Verify(result.Statement, result.Proofs));
        }
    }

    [Fact]
    public void Run_EverySectorDamaged_NamesAllInOrder()
    {
        using var sectors = new PostSectors(Vector.Seals);
        for (var i = 0; i < 3; i++)
        {
            Damage(sectors[i].Sealed, "missing");
        }

        var result = Run(Vector.Config, sectors);

        Assert.Null(result.Statement);
        Assert.Empty(result.Proofs);
        Assert.Equal([0ul, 1, 2], result.Faulty.Select(faulty => faulty.Number));
    }

    [Fact]
    public void Run_FilesOfAnotherSector_IsFaulty()
    {
        using var sectors = new PostSectors(Vector.Seals[..2]);
        var replicas = sectors.Replicas(Vector.Sectors);
        replicas[1] = replicas[0] with { Sector = replicas[1].Sector };

        var result = PostVanillaPhase.Run(Vector.Config, Vector.Randomness, replicas, new SealOptions(), null, default);

        Assert.Contains("do not hash to CommR", Assert.Single(result.Faulty).Reason);
    }

    [Fact]
    public void Run_Cancelled_Ends()
    {
        using var sectors = new PostSectors(Vector.Seals[..1]);

        Assert.ThrowsAny<OperationCanceledException>(() => PostVanillaPhase.Run(
            Vector.Config,
            Vector.Randomness,
            sectors.Replicas(Vector.Sectors),
            new SealOptions(),
            null,
            new CancellationToken(canceled: true)));
    }

    private static PostVanillaResult Run(PostConfig config, PostSectors sectors) => PostVanillaPhase.Run(
        config, Vector.Randomness, sectors.Replicas(Vector.Sectors), new SealOptions(), null, default);

    private static void Damage(string path, string damage)
    {
        var bytes = File.ReadAllBytes(path);
        switch (damage)
        {
            case "missing":
                File.Delete(path);
                return;
            case "cut":
                bytes = bytes[..^1];
                break;
            case "no field element":
                Array.Fill(bytes, (byte)0xff);
                break;
            default:
                bytes[8] ^= 1;
                break;
        }

        File.WriteAllBytes(path, bytes);
    }
}
