using Federation.Proofs.Post;
using Federation.Proofs.Verification;

namespace Federation.Proofs.Tests.Post;

/// <summary>Vanilla proofs of every shape, in both forms, and what must not be taken for one.</summary>
public sealed class PostProofTests
{
    public static TheoryData<string, PostKind> Shapes
    {
        get
        {
            var data = new TheoryData<string, PostKind>();
            foreach (var shape in SectorShape.All)
            {
                data.Add(shape.Name, PostKind.Window);
            }

            data.Add("32KiB", PostKind.Winning);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void WriteRead_EveryShape_KeepsTheProofInBothForms(string shape, PostKind kind)
    {
        var statement = SparsePost.Prove(PostConfig.Create(SectorShape.Parse(shape), kind, ApiVersion.V1_2), out var proof);
        Assert.Equal(VerificationResult.Accepted, PostProofVerifier.Verify(statement, [proof]));

        var bincode = PostProofBincode.Write(proof);
        var json = Json(proof);
        var fromBincode = PostProofBincode.Read(statement.Config, bincode);
        var fromJson = PostProofJson.Read(statement.Config, new MemoryStream(json));

        Assert.Equal(VerificationResult.Accepted, PostProofVerifier.Verify(statement, [fromBincode]));
        Assert.Equal(VerificationResult.Accepted, PostProofVerifier.Verify(statement, [fromJson]));
        Assert.Equal(bincode, PostProofBincode.Write(fromJson));
        Assert.Equal(json, Json(fromBincode));
    }

    [Theory]
    [InlineData("2KiB")]
    [InlineData("32KiB")]
    public void Read_ChangedBincode_IsMalformedOrRefused(string shape)
    {
        var statement = SparsePost.Prove(
            PostConfig.Create(SectorShape.Parse(shape), PostKind.Window, ApiVersion.V1_1), out var proof);
        var bincode = PostProofBincode.Write(proof);
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var changed = (byte[])bincode.Clone();
            var bit = random.Next(8 * bincode.Length);
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.True(IsRefused(statement, changed), $"bit {bit}");
        }

        Assert.True(IsRefused(statement, bincode[..^1]));
        Assert.True(IsRefused(statement, [.. bincode, 0]));
        Assert.True(IsRefused(statement, []));
        Assert.False(IsRefused(statement, bincode));
    }

    [Fact]
    public void Read_ChangedJson_IsMalformed()
    {
        var statement = SparsePost.Prove(
            PostConfig.Create(SectorShape.Parse("4KiB"), PostKind.Window, ApiVersion.V1_1), out var proof);
        var json = System.Text.Encoding.ASCII.GetString(Json(proof));
        foreach (var changed in new[]
        {
            json[..^1],
            json + " ",
            json.Replace("\"Sub\"", "\"Top\"", StringComparison.Ordinal),
            json.Replace("\"sector_id\":", "\"sector_id\": ", StringComparison.Ordinal),
            json.Replace("\"index\":", "\"index\":8", StringComparison.Ordinal),
        })
        {
            var input = new MemoryStream(System.Text.Encoding.ASCII.GetBytes(changed));

            Assert.Throws<PostFormatException>(() => PostProofJson.Read(statement.Config, input));
        }
    }

    [Fact]
    public void Verify_OtherStatement_IsRefusedWithItsReason()
    {
        var config = PostConfig.Create(SectorShape.Parse("32GiB"), PostKind.Window, ApiVersion.V1_1);
        var statement = SparsePost.Prove(config, out var proof);
        var sector = statement.Sectors[0];
        Span<byte> other = stackalloc byte[Bytes32.Size];
        other[0] = 1;
        PostStatement About(PostSector changed, Bytes32 randomness) => new(config, randomness, [changed]);

        Assert.Equal(
            VanillaFailure.NodeIndex,
            PostProofVerifier.Verify(About(sector, new Bytes32(other)), [proof]).Failure);
        Assert.Equal(
            VanillaFailure.Statement,
            PostProofVerifier.Verify(About(sector with { Number = 2 }, default), [proof]).Failure);
        Assert.Equal(
            VanillaFailure.Statement,
            PostProofVerifier.Verify(About(sector with { CommR = new Bytes32(other) }, default), [proof]).Failure);
        Assert.Equal(
            VanillaFailure.PathShape,
            PostProofVerifier.Verify(statement, [proof with { Inclusions = [.. proof.Inclusions.Skip(1)] }]).Failure);
        Assert.Equal(
            VanillaFailure.CommR,
            PostProofVerifier.Verify(statement, [proof with { CommC = new Bytes32(other) }]).Failure);
        Assert.Equal(VanillaFailure.Statement, PostProofVerifier.Verify(statement, []).Failure);
    }

    /// <summary>
    /// A proof of a production sector that another project published, where it lies beside the repository; one of our
    /// own always.
    /// </summary>
    [Theory]
    [MemberData(nameof(Production))]
    public void Verify_ProductionSector_IsAcceptedAndReencodesToItsBytes(string source)
    {
        var config = PostConfig.FromRegistered(8);
        var bincode = source == "own" ? Own(config) : File.ReadAllBytes(source);

        var proof = PostProofBincode.Read(config, bincode);
        var statement = new PostStatement(config, default, [proof.Sector]);

        Assert.Equal(24_960, bincode.Length);
        Assert.Equal(bincode, PostProofBincode.Write(proof));
        Assert.Equal(VerificationResult.Accepted, PostProofVerifier.Verify(statement, [proof]));
        Assert.Equal(
            [
                707_914_199, 439_148_358, 967_788_220, 548_708_700, 1_061_661_429,
                6_202_012, 1_055_504_637, 389_535_735, 1_000_069_704, 600_088_878,
            ],
            statement.ChallengesOf(0));
    }

    public static TheoryData<string> Production
    {
        get
        {
            var published = Path.Combine(
                Vectors.Folder, "..", "..", "..", "shared", "vectors", "published", "post.vproof");
            return File.Exists(published) ? ["own", published] : ["own"];
        }
    }

    private static byte[] Own(PostConfig config)
    {
        SparsePost.Prove(config, out var proof);
        return PostProofBincode.Write(proof);
    }

    private static bool IsRefused(PostStatement statement, byte[] bincode)
    {
        try
        {
            var proof = PostProofBincode.Read(statement.Config, bincode);
            return !PostProofVerifier.Verify(statement, [proof]).IsValid;
        }
        catch (PostFormatException)
        {
            return true;
        }
    }

    private static byte[] Json(PostVanillaProof proof)
    {
        using var json = new MemoryStream();
        PostProofJson.Write(json, proof);
        return json.ToArray();
    }
}
