using System.Security.Cryptography;
using Federation.Proofs.Commit1;
using Federation.Proofs.Verification;

namespace Federation.Proofs.Tests;

/// <summary>Whole seals, from the piece to Commit1's output, against the reference implementation.</summary>
public sealed class SealVectorTests
{
    public static TheoryData<string> Names => [.. Vectors.Seals.Select(seal => seal.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Seal_ReferencesSector_IsItsCommitmentsFilesAndOutput(string name)
    {
        var vector = Vectors.Seal(name);
        using var sector = new SealedSector(vector.Config, vector.Inputs, vector.Data());

        Assert.Equal(vector.Inputs.CommD, sector.PreCommit1.CommD);
        Assert.Equal(vector.Optional("replica_id") ?? sector.PreCommit1.ReplicaId, sector.PreCommit1.ReplicaId);
        Assert.Equal(vector.Optional("comm_c") ?? sector.PreCommit2.CommC, sector.PreCommit2.CommC);
        Assert.Equal(vector.Optional("comm_r_last") ?? sector.PreCommit2.CommRLast, sector.PreCommit2.CommRLast);
        Assert.Equal(vector.Inputs.CommR, sector.PreCommit2.CommR);
        AssertFiles(vector.Files, sector.Files());
        AssertOutput(vector, sector, "c1_raw", Commit1Form.Raw);
        AssertOutput(vector, sector, "c1_api", Commit1Form.Api);
    }

    [Fact]
    public void WriteSyntheticProofs_ReferencesSector_IsItsFileAndSufficesForCommit1()
    {
        var vector = Vectors.Seal("2KiB-10");
        using var sector = new SealedSector(vector.Config, vector.Inputs, vector.Data());

        sector.WriteSyntheticProofs();
        SealCache.Clear(vector.Config.Shape, sector.Cache);
        File.Delete(sector.Sealed);

        Assert.Equal(
            vector.AfterSynthetic.Keys.Append("t_aux").Order(),
            Directory.GetFiles(sector.Cache).Select(Path.GetFileName).Order());
        File.WriteAllBytes(sector.Sealed, []);
        AssertFiles(vector.AfterSynthetic, sector.Files());
        AssertOutput(vector, sector, "c1_api", Commit1Form.Api);

        SealCache.ClearSyntheticProofs(sector.Cache);
        Assert.Throws<FileNotFoundException>(() => sector.Commit1(Commit1Form.Api));
    }

    private static void AssertFiles(
        IReadOnlyDictionary<string, (long Size, string Digest)> expected,
        Dictionary<string, (long Size, string Digest)> actual)
    {
        foreach (var (name, value) in expected)
        {
            Assert.Equal((name, value), (name, actual[name]));
        }
    }

    private static void AssertOutput(SealVector vector, SealedSector sector, string form, Commit1Form commit1Form)
    {
        if (vector.Output(form) is not { } expected)
        {
            return;
        }

        var (output, challenges) = sector.Commit1(commit1Form);
        Assert.Equal(vector.Challenges ?? challenges, challenges);
        Assert.Equal(expected, (output.Length, Convert.ToHexStringLower(SHA256.HashData(output))));
        Assert.Equal(
            VerificationResult.Accepted,
            VanillaProofVerifier.Verify(vector.Config, vector.Inputs, new MemoryStream(output)));
    }
}
