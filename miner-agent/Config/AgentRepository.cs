using Federation.Hosting;
using Federation.Hosting.JsonRpc;
using Federation.Hosting.Repository;

namespace Federation.MinerAgent.Config;

/// <summary>What an agent's repository holds beside what every repository holds.</summary>
public static class AgentRepository
{
    /// <summary>The program's name as its commands are typed.</summary>
    public const string Program = "miner-agent";

    /// <summary>Where results wait for their acceptance.</summary>
    public const string OutboxFolder = "outbox";

    private const string MinerTokenFile = "miner-token";
    private const string DefaultPath = "~/.lotusagent";

    /// <summary>The repository's path: the option's, else LOTUS_AGENT_PATH, else the default.</summary>
    public static string PathOf(string? option, Func<string, string?> environment)
    {
        var fromEnvironment = environment("LOTUS_AGENT_PATH");
        return RepositoryFolder.Expand(
            !string.IsNullOrWhiteSpace(option) ? option
            : !string.IsNullOrWhiteSpace(fromEnvironment) ? fromEnvironment
            : DefaultPath);
    }

    /// <summary>Signs and checks the tokens of this agent's workers.</summary>
    public static ApiTokens Tokens(RepositoryFolder repository) => new(repository.GetOrCreateJwtSecret());

    /// <summary>Writes the token that workers bring.</summary>
    public static void WriteWorkerToken(RepositoryFolder repository) =>
        repository.WriteToken(Tokens(repository).Issue(ApiTokens.UpTo(ApiPermissions.Admin)));

    /// <summary>Copies the token that the miner made for this agent into the repository.</summary>
    /// <exception cref="OperatorException">The file cannot be read or holds no token.</exception>
    public static void TakeMinerToken(RepositoryFolder repository, string file)
    {
        try
        {
            var token = File.ReadAllText(RepositoryFolder.Expand(file)).Trim();
            if (token.Count(c => c == '.') != 2 || token.Any(char.IsWhiteSpace))
            {
                throw new OperatorException(
                    $"{file} holds no agent token", "make one with: miner auth create-agent-token NAME --out FILE");
            }

            repository.Write(MinerTokenFile, token, AtomicFile.Secret);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException(
                $"the miner's token cannot be read: {error.Message}",
                "make one with: miner auth create-agent-token NAME --out FILE", error);
        }
    }

    /// <summary>The token by which this agent comes to its miner.</summary>
    /// <exception cref="OperatorException">There is none, or others may read it.</exception>
    public static string ReadMinerToken(RepositoryFolder repository)
    {
        var file = Path.Combine(repository.FolderPath, MinerTokenFile);
        if (!File.Exists(file))
        {
            throw new OperatorException(
                $"{file} is missing: this agent has no token of its miner",
                $"make one with 'miner auth create-agent-token NAME --out FILE' and write it to {file}, mode 0600");
        }

        SecretFiles.RequirePrivate(file);
        return File.ReadAllText(file).Trim();
    }
}
