using Federation.Hosting;
using Federation.Hosting.Net;
using Federation.Hosting.Repository;
using Federation.Proofs;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Worker.Run;

/// <summary>What the environment says to a worker. Immutable.</summary>
/// <param name="Agent">Where the agent is, with its token.</param>
/// <param name="RepositoryPath">WORKER_PATH.</param>
/// <param name="SectorSize">SECTOR_SIZE in bytes; 0 = not set.</param>
/// <param name="Miner">MINER_ADDR; empty = not set.</param>
/// <param name="ParentCache">FIL_PROOFS_PARENT_CACHE; null = not set.</param>
/// <param name="VerifyParentCache">FIL_PROOFS_VERIFY_CACHE is on.</param>
public sealed record WorkerSettings(
    ApiInfo Agent, string RepositoryPath, ulong SectorSize, string Miner, string? ParentCache, bool VerifyParentCache)
{
    private const string DefaultRepository = "~/.lotusworker";

    private const string AgentRemedy =
        "set AGENT_API_INFO=TOKEN:MULTIADDR with what the agent's files token and api hold, such as "
        + "eyJ...:/ip4/127.0.0.1/tcp/3456/http";

    /// <summary>Reads the settings; a path given on the command line outranks the environment.</summary>
    /// <exception cref="OperatorException">One of them is missing or wrong.</exception>
    public static WorkerSettings Read(Func<string, string?> environment, string? repository) => new(
        ReadAgent(environment("AGENT_API_INFO")),
        ReadRepository(environment, repository),
        ReadSectorSize(environment("SECTOR_SIZE")),
        ReadMiner(environment("MINER_ADDR")),
        NullIfEmpty(environment("FIL_PROOFS_PARENT_CACHE")),
        ParameterSettings.IsSet(environment("FIL_PROOFS_VERIFY_CACHE")));

    /// <summary>The worker's repository.</summary>
    public static string ReadRepository(Func<string, string?> environment, string? repository) =>
        RepositoryFolder.Expand(
            NullIfEmpty(repository) ?? NullIfEmpty(environment("LOTUS_WORKER_PATH"))
            ?? NullIfEmpty(environment("WORKER_PATH")) ?? DefaultRepository);

    private static ApiInfo ReadAgent(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new OperatorException("AGENT_API_INFO is not set", AgentRemedy);
        }

        return !ApiInfo.TryParse(text, out var agent, out var problem)
            ? throw new OperatorException($"AGENT_API_INFO is not valid: {problem}", AgentRemedy)
            : agent.Token is null
                ? throw new OperatorException("AGENT_API_INFO is not valid: it has no token", AgentRemedy)
            : agent.Address.Port == 0
                ? throw new OperatorException("AGENT_API_INFO is not valid: its port is 0", AgentRemedy)
            : agent;
    }

    /// <summary>SECTOR_SIZE in bytes; 0 = not set.</summary>
    /// <exception cref="OperatorException">It is no size.</exception>
    public static ulong ReadSectorSize(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return 0;
        }

        try
        {
            return (ulong)SectorShape.Parse(text.Trim()).SectorSize;
        }
        catch (ArgumentException error)
        {
            throw new OperatorException($"SECTOR_SIZE is not valid: {error.Message}",
                "set SECTOR_SIZE to the miner's sector size, or unset it", error);
        }
    }

    private static string ReadMiner(string? text)
    {
        var miner = text?.Trim() ?? "";
        var valid = miner.Length == 0
            || (miner.Length is > 2 and <= 22 && miner[0] is 't' or 'f' && miner[1] == '0'
                && miner[2..].All(char.IsAsciiDigit));
        return valid ? miner : throw new OperatorException(
            $"MINER_ADDR is not valid: '{miner}' is no miner's id address",
            "set MINER_ADDR to the miner's address such as t01000, or unset it");
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
