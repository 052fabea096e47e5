using System.CommandLine;

namespace Federation.Miner.Cli;

/// <summary>
/// Which repository a command is about: the option, then Lotus's variables, then <c>~/.lotusminer</c>.
/// </summary>
internal static class Repositories
{
    private const string Default = "~/.lotusminer";

    /// <summary><c>--miner-repo</c>, which every command takes.</summary>
    public static Option<string?> Option { get; } = new("--miner-repo", "--storagerepo")
    {
        Description = "the miner's repository (default: $LOTUS_MINER_PATH, $LOTUS_STORAGE_PATH, ~/.lotusminer)",
        Recursive = true,
    };

    /// <summary>The folder.</summary>
    public static string PathOf(ParseResult parsed)
    {
        string?[] choices =
        [
            parsed.GetValue(Option), Environment.GetEnvironmentVariable("LOTUS_MINER_PATH"),
            Environment.GetEnvironmentVariable("LOTUS_STORAGE_PATH"),
        ];
        return choices.FirstOrDefault(static choice => !string.IsNullOrEmpty(choice)) ?? Default;
    }
}
