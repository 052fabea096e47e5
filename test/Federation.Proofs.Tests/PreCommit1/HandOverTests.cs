using System.Text;
using Federation.Proofs.PreCommit1;

namespace Federation.Proofs.Tests.PreCommit1;

public sealed class HandOverTests
{
    [Theory]
    [InlineData("2KiB-0")]
    [InlineData("2KiB-5")]
    public void PreCommitOutputs_ReferencesSectors_AreItsBytes(string name)
    {
        var seal = Vectors.Seal(name);

        Assert.Equal(
            Vectors.Read($"seals/pc1-{name}.json"),
            PreCommitOutputs.PreCommit1(seal.Config, "cache", seal.Inputs.CommD));
        Assert.Equal(
            Vectors.Read($"seals/pc2-{name}.json"),
            PreCommitOutputs.PreCommit2(seal.Config, seal.Inputs.CommR, seal.Inputs.CommD));
        Assert.Equal(Vectors.Read($"seals/t_aux-{name}.bin"), TemporaryAux.ToBytes(seal.Config.Shape, "cache"));
    }

    [Fact]
    public void ToBytes_32GiB_HasTheSizesOfTheReference()
    {
        var bytes = TemporaryAux.ToBytes(SectorShape.Parse("32GiB"), "");
        var sizes = string.Join(' ', bytes.Chunk(1).Select(octet => octet[0].ToString("x2")));

        Assert.Contains("6c 61 79 65 72 2d 31 31 01 00 00 00 40 00 00 00 00", sizes);
        Assert.Contains("74 72 65 65 2d 64 01 ff ff ff 7f 00 00 00 00", sizes);
        Assert.Contains("6c 61 73 74 01 49 92 24 09 00 00 00 00 02 00", sizes);
    }

    [Fact]
    public void PreCommit1_UnusualPath_IsEscapedAsSerdeDoes()
    {
        var output = Encoding.UTF8.GetString(
            PreCommitOutputs.PreCommit1(SealConfig.FromRegistered(0), "a\"b\\c\n\u0001\u001f/é😀", default));

        Assert.Contains("""{"path":"a\"b\\c\n\u0001\u001f/é😀","id":"layer-1",""", output);
    }

    [Fact]
    public void PreCommit1_ShapeWithoutNumber_HasNoWrapper() => Assert.StartsWith(
        """{"labels":{"labels":[{"path":"cache","id":"layer-1","size":128,"rows_to_discard":0},""",
        Encoding.UTF8.GetString(PreCommitOutputs.PreCommit1(
            SealConfig.Create(4096, default, ApiVersion.V1_1, PoRepFeature.Interactive), "cache", default)));
}
