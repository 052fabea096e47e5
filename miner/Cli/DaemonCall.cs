using System.CommandLine;
using Federation.Hosting.Config;
using Federation.Hosting.JsonRpc;
using Federation.Hosting.Net;
using Federation.Hosting.Repository;
using Federation.Miner.Config;

namespace Federation.Miner.Cli;

/// <summary>
/// A command's way to the running daemon: <c>MINER_API_INFO</c>, or the repository's <c>token</c> and <c>api</c>.
/// </summary>
internal sealed class DaemonCall : IDisposable
{
    /// <summary>The environment's way to a daemon.</summary>
    public const string Variable = "MINER_API_INFO";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly JsonRpcClient _client;

    private DaemonCall(ParseResult parsed, ApiInfo info, TlsMaterial? tls)
    {
        (Parsed, Info) = (parsed, info);
        _client = new JsonRpcClient(info, "miner", Timeout, tls);
    }

    /// <summary>The command line.</summary>
    public ParseResult Parsed { get; }

    /// <summary>Where the daemon is.</summary>
    public ApiInfo Info { get; }

    /// <summary>Finds the daemon; nothing is dialled yet.</summary>
    /// <exception cref="Hosting.OperatorException">It is not running, or cannot be found.</exception>
    public static DaemonCall Open(ParseResult parsed)
    {
        var repository = Repositories.PathOf(parsed);
        var info = RepositoryApi.Find(Variable, Environment.GetEnvironmentVariable(Variable), repository, "miner");
        return new DaemonCall(parsed, info, info.Address.IsSecure ? TlsOf(repository) : null);
    }

    /// <summary>Calls a method that answers something.</summary>
    public Task<T> AskAsync<T>(string method, CancellationToken stop, params IReadOnlyList<object?> parameters) =>
        _client.CallAsync<T>(method, parameters, stop);

    /// <summary>Calls a method whose answer says nothing.</summary>
    public Task TellAsync(string method, CancellationToken stop, params IReadOnlyList<object?> parameters) =>
        _client.CallAsync<object?>(method, parameters, stop);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static TlsMaterial? TlsOf(string repository)
    {
        var path = RepositoryFolder.ConfigPathOf(RepositoryFolder.Expand(repository));
        return TlsMaterial.Load(ConfigLoader.Load(path, MinerConfig.Read).Value.SealAgent.Security);
    }
}
