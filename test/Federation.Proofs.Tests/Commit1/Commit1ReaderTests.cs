using System.Text;
using Federation.Proofs.Commit1;

namespace Federation.Proofs.Tests.Commit1;

public sealed class Commit1ReaderTests
{
    [Theory]
    [InlineData("2KiB-5", "c1-2KiB-5.json", Commit1Form.Api)]
    [InlineData("32KiB", "c1-raw-32KiB.json", Commit1Form.Raw)]
    public void Read_ReferencesFile_WritesTheSameBytes(string seal, string file, Commit1Form form)
    {
        var vector = Vectors.Seal(seal);
        var bytes = Vectors.Read($"seals/{file}");
        var reader = new Commit1Reader(new MemoryStream(bytes), vector.Config);
        var output = new MemoryStream();
        var writer = new Commit1Writer(output, vector.Config, vector.Inputs, reader.Form);
        writer.Write(reader.ReadProof());
        writer.Write(reader.ReadProof());
        writer.Complete();

        Assert.Equal(form, reader.Form);
        Assert.Equal(bytes, output.ToArray());
        Assert.Equal(vector.Inputs.CommR, reader.ReadTrailer().CommR);
        Assert.Throws<InvalidOperationException>(reader.ReadProof);
    }

    [Theory]
    [InlineData("", "expected {\", but it ends there")]
    [InlineData("{\"registered_proof\":\"StackedDrg2KiBV1\",", "_1")]
    [InlineData("{ \"registered_proof\"", "expected {\"")]
    [InlineData("{\"vanilla_proofs\":{\"", "expected vanilla_proofs\":[")]
    [InlineData("{\"vanilla_proofs\":[[{\"comm_d_proofs\":{\"data\":{\"Sub\"", "Single")]
    [InlineData("{\"vanilla_proofs\":[[{\"comm_d_proofs\":{\"data\":{\"Single\":{\"root\":[256", "up to 255")]
    [InlineData("{\"vanilla_proofs\":[[{\"comm_d_proofs\":{\"data\":{\"Single\":{\"root\":[00", "expected ,")]
    [InlineData("{\"vanilla_proofs\":[[{\"comm_d_proofs\":{\"data\":{\"Single\":{\"root\":[-1", "expected a number")]
    public void Read_OtherForm_NamesTheByte(string text, string expected)
    {
        var input = new MemoryStream(Encoding.ASCII.GetBytes(text));
        var error = Assert.Throws<Commit1FormatException>(
            () => new Commit1Reader(input, SealConfig.FromRegistered(5)).ReadProof());

        Assert.Contains(expected, error.Message);
        Assert.InRange(error.Offset, 0, text.Length);
    }

    [Fact]
    public void Read_TrailingByte_IsRefused()
    {
        byte[] bytes = [.. Vectors.Read("seals/c1-2KiB-5.json"), (byte)'\n'];
        var reader = new Commit1Reader(new MemoryStream(bytes), SealConfig.FromRegistered(5));
        reader.ReadProof();
        reader.ReadProof();

        Assert.Equal(bytes.Length - 1, Assert.Throws<Commit1FormatException>(reader.ReadTrailer).Offset);
    }
}
