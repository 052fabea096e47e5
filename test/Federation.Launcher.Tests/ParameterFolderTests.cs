using Federation.Hosting;
using Federation.Launcher.Parameters;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Launcher.Tests;

public sealed class ParameterFolderTests : IDisposable
{
    private static readonly ParameterNeed Need = ParameterNeed.Of("2KiB");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/named", "/xdg", "/home", "/named")]
    [InlineData("/named/../other", null, null, "/other")]
    [InlineData(null, "/xdg", "/home", "/xdg/federation/parameters")]
    [InlineData(" ", "xdg", "/home", "/home/.cache/federation/parameters")]
    [InlineData(null, "", "", "/fallback/federation/parameters")]
    [InlineData(ParameterCache.DefaultDirectory, null, "/home", "/home/.cache/federation/parameters")]
    [InlineData(ParameterCache.DefaultDirectory + "/", null, "/home", "/home/.cache/federation/parameters")]
    public void Choose_Environment_IsTheFolderThatMayTakeTestParameters(
        string? named, string? xdg, string? home, string expected)
    {
        var folder = ParameterFolder.Choose(Need, Environment, "/fallback");

        Assert.Equal(expected, folder.Path);

        string? Environment(string name) => name switch
        {
            "FIL_PROOFS_PARAMETER_CACHE" => named,
            "XDG_CACHE_HOME" => xdg,
            "HOME" => home,
            _ => throw new ArgumentException(name),
        };
    }

    [Fact]
    public void Look_FilesThere_SaysWhoseTheyAreAndRefusesWhatCannotBeUsed()
    {
        var folder = new ParameterFolder(_folder.Root);
        string parameters = At(Need.Circuit.ParametersName), key = At(Need.Circuit.VerifyingKeyName);
        Assert.Null(folder.Look(Need.Circuit));

        FakeParameters.Write(_folder.Root, Need.Circuit);
        Assert.Equal(ParameterOrigin.TestParameters, folder.Look(Need.Circuit));

        FakeParameters.Write(At("other"), Need.Circuit, fill: 2);
        File.Copy(At(Path.Combine("other", Need.Circuit.VerifyingKeyName)), key, overwrite: true);
        Assert.Equal($"{key} is not the key of {parameters}", Refusal());

        File.Delete(key);
        Assert.Equal($"{parameters} is there without {key}", Refusal());

        File.WriteAllBytes(parameters, new byte[500]);
        Assert.StartsWith(
            $"the parameter file {parameters} cannot be used: it is cut off", Refusal(), StringComparison.Ordinal);

        string Refusal() => Assert.Throws<OperatorException>(() => folder.Look(Need.Circuit)).Message;
    }

    [Fact]
    public void RefuseRemains_KeyAlone_NamesIt()
    {
        var folder = new ParameterFolder(_folder.Root);
        folder.RefuseRemains(Need.Circuit);
        File.WriteAllText(At(Need.Circuit.VerifyingKeyName), "");

        var error = Assert.Throws<OperatorException>(() => folder.RefuseRemains(Need.Circuit));

        Assert.Equal(
            $"{At(Need.Circuit.VerifyingKeyName)} is there, but not all files of PoRep 2KiB", error.Message);
    }

    /// <summary>The generator's real files: 1,114,707,768 bytes for 2 KiB, 1,429,027,896 for 8 MiB.</summary>
    [Theory]
    [InlineData("2KiB", 1_114_707_768)]
    [InlineData("8MiB", 1_429_027_896)]
    public void Of_SizeThatWasMade_TakesWhatItTookAndLittleMore(string size, long bytes)
    {
        Assert.InRange(ParameterNeed.Of(size).Bytes, bytes, bytes * 1.1);
    }

    [Fact]
    public void Of_EachSize_IsMadeUpTo1GiB() => Assert.Equal(
        ["32GiB", "64GiB"],
        Proofs.SectorShape.All.Select(shape => ParameterNeed.Of(shape.Name)).Where(need => !need.CanBeMade)
            .Select(need => need.Circuit.Shape.Name));

    private string At(string name) => Path.Combine(_folder.Root, name);
}
