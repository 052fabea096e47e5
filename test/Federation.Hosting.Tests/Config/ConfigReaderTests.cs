using System.Text;
using Federation.Hosting.Config;
using Federation.Hosting.Units;

namespace Federation.Hosting.Tests.Config;

public sealed class ConfigReaderTests
{
    private static readonly IReadOnlyDictionary<string, string> NoEnvironment = new Dictionary<string, string>();

    [Fact]
    public void Bind_EmptyDocument_GivesDefaultsWithoutWarning()
    {
        var result = Bind("");

        Assert.Equal(Sample.Defaults, result.Value);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Bind_EveryKind_IsRead()
    {
        var result = Bind("""
            [Sample]
            Flag = true
            Count = 7
            Wait = "1h0m0s"
            Size = "2KiB"
            Mode = "slow"
            Region = "site-a"
              [Sample.Inner]
              Depth = 3
            """);

        Assert.Equal(
            new Sample(true, 7, TimeSpan.FromHours(1), new ByteSize(2048), "slow", "site-a", 3), result.Value);
    }

    [Fact]
    public void Bind_ManyErrors_ReportsEachWithKeyValueRangeAndPlace()
    {
        var error = Assert.Throws<ConfigException>(() => Bind("""
            [Sample]
            Flag = "yes"
            Count = 11
            Wait = "5"
            Size = 2048
            Mode = "fast"
            Region = "a/b"
            """));

        Assert.Equal(
            [
                "config.toml:2:8: [Sample] Flag = \"yes\" must be true or false.",
                "config.toml:3:9: [Sample] Count = 11 must be an integer from 1 to 10.",
                "config.toml:4:8: [Sample] Wait = \"5\" must be a duration such as \"30s\" from 1s to 2h0m0s.",
                "config.toml:5:8: [Sample] Size = 2048 must be a size such as \"2KiB\" from 1KiB to 1GiB, in quotes.",
                "config.toml:6:8: [Sample] Mode = \"fast\" must be one of \"slow\", \"quick\".",
                "config.toml:7:10: [Sample] Region = \"a/b\" must be 1 to 63 letters, digits, \"-\", \"_\" or \".\""
                    + " with a letter or digit first.",
            ],
            error.Errors);
    }

    [Theory]
    [InlineData("[Sample]\nCuont = 1", "config.toml:2:1: [Sample] Cuont is no setting; did you mean Count?")]
    [InlineData("[Sample]\nSomethingElse = 1", "config.toml:2:1: [Sample] SomethingElse is no setting.")]
    [InlineData("[sample]\nCount = 1", "config.toml:1:2: [sample] is no section; did you mean [Sample]?")]
    [InlineData("Count = 1", "config.toml:1:1: \"Count\" stands outside of any section.")]
    [InlineData("[Sample.Iner]\nDepth = 1", "config.toml:1:9: [Sample] Iner is no setting.")]
    [InlineData("[Sample.Inner]\nDept = 1", "config.toml:2:1: [Sample.Inner] Dept is no setting; did you mean Depth?")]
    [InlineData("[[Sample]]\nCount = 1", "config.toml:1:3: \"Sample\" stands outside of any section.")]
    [InlineData("[Sealing]\nWaitDealDelay = '1s'", "config.toml:2:1: [Sealing] WaitDealDelay is no setting.")]
    [InlineData("[Sample", "config.toml:1:8: expected \"]\" after the table's name but found the end of the document.")]
    public void Bind_UnknownOrMalformed_IsOneError(string text, string sentence)
    {
        var error = Assert.Throws<ConfigException>(() => Bind(text));

        Assert.Equal([sentence], error.Errors);
    }

    [Fact]
    public void Bind_ValueWithALineBreak_IsOneLineOfTheError()
    {
        var error = Assert.Throws<ConfigException>(() => Bind("[Sample]\nMode = \"a\\nb\\u001b[2J\""));

        Assert.Equal(
            ["config.toml:2:8: [Sample] Mode = \"a\\u000Ab\\u001B[2J\" must be one of \"slow\", \"quick\"."],
            error.Errors);
    }

    [Fact]
    public void Bind_KeysOfLotus_GiveOneWarningEach()
    {
        var result = Bind("""
            [Sealing]
            WaitDealsDelay = "10s"
            FinalizeEarly = true
            [Fees.MaxCommitBatchGasFee]
            Base = "0 FIL"
            [Logging.SubsystemLevels]
            some-system = "INFO"
            """);

        Assert.Equal(
            [
                "config.toml:2:1: [Sealing] WaitDealsDelay is a setting of Lotus that has no effect here.",
                "config.toml:3:1: [Sealing] FinalizeEarly is a setting of Lotus that has no effect here.",
                "config.toml:5:1: [Fees.MaxCommitBatchGasFee] Base is a setting of Lotus that has no effect here.",
                "config.toml:7:1: [Logging.SubsystemLevels] some-system is a setting of Lotus that has no effect here.",
            ],
            result.Warnings);
    }

    [Fact]
    public void Bind_SectionOfAnotherProgram_IsOneWarning()
    {
        var result = Bind("[Elsewhere]\nA = 1\nB = 2");

        Assert.Equal(
            ["config.toml:1:2: [Elsewhere] is read by the miner only and has no effect here."], result.Warnings);
    }

    [Fact]
    public void Bind_Environment_OverridesTheFile()
    {
        var result = Bind("[Sample]\nCount = 3\nFlag = true", new Dictionary<string, string>
        {
            ["LOTUS_SAMPLE_COUNT"] = "9",
            ["LOTUS_SAMPLE_FLAG"] = "false",
            ["LOTUS_SAMPLE_INNER_DEPTH"] = "4",
            ["LOTUS_SAMPLE_MODE"] = "",
            ["LOTUS_STORAGE_PATH"] = "/srv",
        });

        Assert.Equal(Sample.Defaults with { Count = 9, Depth = 4 }, result.Value);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Bind_EnvironmentWrongOrMisspelt_IsNamed()
    {
        var environment = new Dictionary<string, string> { ["LOTUS_SAMPLE_COUNT"] = "many" };
        var error = Assert.Throws<ConfigException>(() => Bind("", environment));
        var misspelt = Bind("", new Dictionary<string, string> { ["LOTUS_SAMPLE_CUONT"] = "1" });

        Assert.Equal(
            ["environment variable LOTUS_SAMPLE_COUNT: [Sample] Count = \"many\" must be an integer from 1 to 10."],
            error.Errors);
        Assert.Equal(
            ["environment variable LOTUS_SAMPLE_CUONT is no setting; did you mean LOTUS_SAMPLE_COUNT?"],
            misspelt.Warnings);
    }

    [Fact]
    public void Write_Template_BindsToTheDefaultsAndShowsEveryKey()
    {
        var template = ConfigTemplate.Write(Sample.Read);
        var uncommented = string.Join(
            '\n', template.Split('\n').Select(l => l.Replace("  #C", "C", StringComparison.Ordinal)));

        Assert.Equal(Sample.Defaults, Bind(template).Value);
        Assert.Equal(Sample.Defaults, Bind(uncommented).Value);
        Assert.Contains(
            "  # How many.\n  #\n  # type: int\n  # env var: LOTUS_SAMPLE_COUNT\n  #Count = 5\n",
            template,
            StringComparison.Ordinal);
        var set = ConfigTemplate.Write(
            Sample.Read, new Dictionary<(string, string), string> { [("Sample", "Count")] = "8" });
        Assert.Equal(8, Bind(set).Value.Count);
    }

    [Fact]
    public void Load_MissingFile_CountsAsEmpty()
    {
        using var folder = new TempFolder();

        Assert.Equal(Sample.Defaults, ConfigLoader.Load(folder["config.toml"], Sample.Read, NoEnvironment).Value);
    }

    [Fact]
    public void Load_HugeFile_IsRefused()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["config.toml"], new string('#', (1 << 20) + 1));

        var error = Assert.Throws<ConfigException>(
            () => ConfigLoader.Load(folder["config.toml"], Sample.Read, NoEnvironment));

        Assert.Contains("1048577 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_RecordedLotusConfig_WarnsForEachKeyAndNothingElse()
    {
        if (TestPaths.SharedLotus("config-miner.toml") is not { } path)
        {
            return;
        }

        // Every key of the recorded file is there as a comment: with the comments taken off, all of them must be known.
        var lines = File.ReadAllLines(path).Select(
            l => System.Text.RegularExpressions.Regex.Replace(l, @"^(\s*)#(\S+ = )", "$1$2"));
        var text = string.Join('\n', lines);
        var keys = lines.Count(l => System.Text.RegularExpressions.Regex.IsMatch(l, @"^\s*[A-Za-z0-9-]+ = "));

        var result = Bind(text);

        Assert.InRange(keys, 80, 200);
        Assert.Equal(keys, result.Warnings.Count);
    }

    internal static ConfigResult<Sample> Bind(string text, IReadOnlyDictionary<string, string>? environment = null) =>
        ConfigLoader.Bind(Encoding.UTF8.GetBytes(text), "config.toml", Sample.Read, environment ?? NoEnvironment);

    internal sealed record Sample(
        bool Flag, int Count, TimeSpan Wait, ByteSize Size, string Mode, string Region, int Depth)
    {
        internal static Sample Defaults { get; } =
            new(false, 5, TimeSpan.FromSeconds(30), new ByteSize(1 << 20), "quick", "here", 1);

        internal static Sample Read(ConfigReader reader)
        {
            reader.LeaveSection("Elsewhere", "the miner");
            var section = reader.Section("Sample");
            return new Sample(
                section.Read("Flag", ConfigTypes.Flag, false, "A flag."),
                (int)section.Read("Count", ConfigTypes.WholeNumber(1, 10), 5, "How many."),
                section.Read(
                    "Wait",
                    ConfigTypes.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromHours(2)),
                    TimeSpan.FromSeconds(30),
                    "How long."),
                section.Read(
                    "Size",
                    ConfigTypes.Size(new ByteSize(1024), new ByteSize(1 << 30)),
                    new ByteSize(1 << 20),
                    "How large."),
                section.Read("Mode", ConfigTypes.Choice("slow", "quick"), "quick", "How."),
                section.Read("Region", ConfigTypes.Name, "here", "Where."),
                (int)reader.Section("Sample.Inner").Read("Depth", ConfigTypes.WholeNumber(0, 9), 1, "How deep."));
        }
    }
}
