using System.CommandLine;
using Federation.MinerAgent.Config;

namespace Federation.MinerAgent.Commands;

/// <summary>Options that several commands take.</summary>
internal static class AgentOptions
{
    /// <summary>The repository.</summary>
    public static readonly Option<string?> Repository = new("--agent-repo")
    {
        Description = "Specify agent repo path. Default: LOTUS_AGENT_PATH or ~/.lotusagent",
        Recursive = true,
    };

    /// <summary>The repository's path.</summary>
    public static string RepositoryOf(ParseResult parsed) =>
        AgentRepository.PathOf(parsed.GetValue(Repository), Environment.GetEnvironmentVariable);
}
