using System.CommandLine;
using System.Text;
using Federation.Discovery;
using Federation.Hosting;
using Federation.Hosting.Cli;
using Federation.Hosting.JsonRpc;
using Federation.Hosting.Net;
using Federation.Hosting.Repository;
using Federation.Miner.Gate;

namespace Federation.Miner.Cli;

/// <summary><c>auth …</c></summary>
internal static class AuthCommands
{
    private static readonly Option<string?> Permission =
        new("--perm") { Description = "permission to assign to the token, one of: read, write, sign, admin" };

    public static Command Create() =>
        MinerCommands.Group("auth", "Manage RPC permissions", CreateToken(), ApiInfo(), CreateAgentToken());

    private static Command CreateToken() =>
        MinerCommands.Calling("create-token", "Create token", static async (call, console, stop) =>
    {
        var token = await NewAsync(call, stop);
        console.Write(new { Token = token }, static made => made.Token + "\n");
        return ExitCode.Success;
    }, Permission);

    private static Command ApiInfo() => MinerCommands.Calling(
        "api-info", "Get token with API info required to connect to this node", static async (call, console, stop) =>
        {
            var info = new ApiInfo(await NewAsync(call, stop), call.Info.Address);
            console.Write(
                new Dictionary<string, string> { [DaemonCall.Variable] = info.ToSecretString() },
                static made => $"{DaemonCall.Variable}={made[DaemonCall.Variable]}\n");
            return ExitCode.Success;
        }, Permission);

    private static Command CreateAgentToken()
    {
        var name = new Argument<string>("agent") { Description = "the agent's name" };
        var output = new Option<string?>(
            "--out") { Description = "file to write the token to, readable by its owner alone (default: print it)" };
        var command = new Command(
            "create-agent-token", "Create the token by which an agent comes to this miner") { name, output };
        command.SetAction(async (parsed, stop) =>
        {
            var token = await AgentTokenAsync(parsed, parsed.GetValue(name)!, stop);
            if (parsed.GetValue(output) is not { Length: > 0 } file)
            {
                CliProgram.ConsoleOf(parsed).Write(new { Token = token }, static made => made.Token + "\n");
                return ExitCode.Success;
            }

            WriteSecret(file, token);
            CliProgram.ConsoleOf(parsed).Write(new { File = file }, static made => $"token written to {made.File}\n");
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>
    /// By the daemon that the environment names, otherwise from the repository's own key, whether its daemon runs or
    /// not.
    /// </summary>
    private static async Task<string> AgentTokenAsync(ParseResult parsed, string agent, CancellationToken stop)
    {
        if (!FederationKeys.IsName(agent))
        {
            throw new OperatorException(
                $"'{agent}' cannot be an agent's name", "use letters, digits, '-', '_' and '.', at most 64");
        }

        if (Environment.GetEnvironmentVariable(DaemonCall.Variable) is { Length: > 0 })
        {
            using var call = DaemonCall.Open(parsed);
            return await call.AskAsync<string>("FederationCreateAgentToken", stop, agent);
        }

        return new AgentTokens(RepositoryFolder.ReadJwtSecret(Repositories.PathOf(parsed), "miner")).Issue(agent);
    }

    private static void WriteSecret(string file, string token)
    {
        try
        {
            AtomicFile.Write(Path.GetFullPath(file), Encoding.ASCII.GetBytes(token), AtomicFile.Secret);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"the token cannot be written to '{file}': {error.Message}",
                "name a file in a folder that you may write to", error);
        }
    }

    private static async Task<string> NewAsync(DaemonCall call, CancellationToken stop)
    {
        if (!ApiTokens.TryParsePermission(call.Parsed.GetValue(Permission), out var permission))
        {
            throw new OperatorException(
                "--perm flag has to be one of: read, write, sign, admin", "for example: --perm admin");
        }

        return Encoding.ASCII.GetString(
            await call.AskAsync<byte[]>(
                "AuthNew", stop, (object)ApiTokens.NamesOf(ApiTokens.UpTo(permission)).ToArray()));
    }
}
