using System.Text;
using Federation.Hosting;
using Federation.Hosting.Config;
using Federation.Worker.External;

namespace Federation.Worker.Tests.External;

/// <summary><c>[External.PC2]</c> in the worker's config.toml.</summary>
public sealed class ExternalConfigTests
{
    [Fact]
    public void Read_EveryKey_IsTaken()
    {
        var config = Read("""
            [External.PC2]
              Program = "/bin/bash"
              Args = ["-c", "x", "x", ""]
              Processes = 2
              Concurrency = 3
              Environment = ["GPU=0=1", "LD_LIBRARY_PATH", "EMPTY="]
              CpuSet = "0-2,5"
              StartTimeout = "5s"
              Timeout = "3h"
              RestartDelay = "20ms"
            """);

        var program = Assert.Single(config.Programs).Value;
        Assert.Equal(("PC2", "pc2", "/bin/bash"), (program.Phase, program.LineName, program.Program));
        Assert.Equal(["-c", "x", "x", ""], program.Arguments);
        Assert.Equal((2, 3, 6), (program.Processes, program.Concurrency, program.Capacity));
        Assert.Equal([("EMPTY", ""), ("GPU", "0=1"), ("LD_LIBRARY_PATH", null)],
            program.Variables.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Equal(0b100111UL, program.Cpus!.Words()[0]);
        Assert.Equal(
            (TimeSpan.FromSeconds(5), TimeSpan.FromHours(3), TimeSpan.FromMilliseconds(20)),
            (program.StartTimeout, program.Timeout, program.RestartDelay));
    }

    [Fact]
    public void Read_NothingOrTheTemplate_GivesNoPrograms()
    {
        Assert.Empty(Read("").Programs);
        Assert.Empty(Read(ExternalOffer.Template()).Programs);
        Assert.Contains("env var: LOTUS_EXTERNAL_PC2_PROGRAM", ExternalOffer.Template());
    }

    [Fact]
    public void Read_ProgramByName_IsTheFileThatPathLeadsTo() => Assert.EndsWith(
        "/bash", Read("[External.C2]\nProgram = \"bash\"").Programs["C2"].Program);

    [Theory]
    [InlineData("Program = \"bin/prover\"", "Program = \"bin/prover\" must be an executable file")]
    [InlineData("Program = \"/nowhere/prover\"", "there is no such file")]
    [InlineData("Program = \"/etc/passwd\"", "it is not executable")]
    [InlineData("Program = \"no-such-prover\"", "PATH does not lead to it")]
    [InlineData("Args = [\"-c\"]", "[External.PC2] Program is missing: the section says how it is run")]
    [InlineData("Args = \"-c\"", "must be a list of texts")]
    [InlineData("Processes = 0", "must be an integer from 1 to 64")]
    [InlineData("Concurrency = 1001", "must be an integer from 1 to 1000")]
    [InlineData("CpuSet = \"3-1\"", "\"3-1\" is neither a processor nor a range of them, 0 to 1023")]
    [InlineData("CpuSet = \"1024\"", "\"1024\" is neither")]
    [InlineData("CpuSet = \"0,\"", "\"\" is neither")]
    [InlineData("Environment = [\"=x\"]", "has no name of letters, digits and _")]
    [InlineData("Environment = [\"A=1\", \"A=2\"]", "A is there twice")]
    [InlineData("Environment = [\"AGENT_API_INFO\"]", "AGENT_API_INFO is a secret of the worker, which no program is given")]
    [InlineData("Environment = [\"MY_TOKEN=x\"]", "MY_TOKEN is a secret")]
    [InlineData("Timeout = \"0s\"", "must be a duration")]
    [InlineData("Timeout = \"forever\"", "must be a duration")]
    [InlineData("Programm = \"/bin/bash\"", "Programm is no setting")]
    public void Read_WrongValue_IsOneSentence(string line, string sentence)
    {
        var isOfProgram = line.StartsWith("Program =", StringComparison.Ordinal) || line == "Args = [\"-c\"]";
        var program = isOfProgram ? "" : "Program = \"/bin/bash\"\n";

        var error = Assert.Throws<ConfigException>(() => Read($"[External.PC2]\n{program}{line}"));

        Assert.Contains(sentence, Assert.Single(error.Errors));
    }

    [Fact]
    public void Read_UnknownPhase_IsRefused() => Assert.Contains(
        "FIN", Assert.Throws<ConfigException>(() => Read("[External.FIN]\nProgram = \"/bin/bash\"")).Message);

    [Fact]
    public void For_PhasesThatAreNotRun_AreLeftOutWithAWarning()
    {
        var offer = new ExternalOffer(Read("""
            [External.PC2]
              Program = "/bin/bash"
              Processes = 3
            [External.C1]
              Program = "/bin/bash"
            """), ["before"]).For(["PC1", "PC2"], 0);

        Assert.Equal("PC2", Assert.Single(offer.Config.Programs).Key);
        Assert.Equal(["before", "[External.C1] has no effect: this worker does not run C1."], offer.Warnings);
        var slots = new Dictionary<string, uint> { ["PC1"] = 2, ["PC2"] = 1 };
        Assert.Equal((2u, 3u), (offer.Slots(slots, [])["PC1"], offer.Slots(slots, [])["PC2"]));
        Assert.Equal(1u, offer.Slots(slots, ["PC2"])["PC2"]);
    }

    [Fact]
    public void For_LanesAndExternalPreCommit1_ExcludeEachOther()
    {
        var offer = new ExternalOffer(Read("[External.PC1]\nProgram = \"/bin/bash\""), []);

        Assert.Contains("exclude each other", Assert.Throws<OperatorException>(() => offer.For(["PC1"], 4)).Message);
        Assert.True(offer.For(["PC1"], 0).Has("PC1"));
    }

    private static ExternalConfig Read(string toml) => ConfigLoader.Bind(
        Encoding.UTF8.GetBytes(toml), "config.toml", ExternalConfig.Read, new Dictionary<string, string>()).Value;
}
