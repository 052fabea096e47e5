using Federation.Discovery;
using Federation.Discovery.Jobs;
using Federation.Discovery.Store;
using Federation.Hosting.JsonRpc;
using Federation.Miner.Gate;
using Federation.Miner.Host;
using Federation.Miner.Sectors;

namespace Federation.Miner.Api;

/// <summary>The operator's JSON-RPC methods: Lotus's names where it has them, ours begin with Federation.</summary>
internal sealed partial class OperatorApi(
    MinerParts parts, JobBoard board, SectorIndex index, SectorWaits waits, MinerRole role, AttachedAgents agents,
    AgentIndex registered, ApiTokens tokens, AgentTokens agentTokens, CancellationTokenSource stopping,
    TimeProvider time)
{
    private const uint LotusApiVersion = 66816;
    private const string StoreAway = "the store is not reached now: nothing can be said or changed until it is back";

    /// <summary>How long an answer waits for the first listing, which follows the miner's start.</summary>
    private static readonly TimeSpan ListingBound = TimeSpan.FromSeconds(5);

    private readonly DateTimeOffset _started = time.GetUtcNow();
    private readonly Guid _session = Guid.NewGuid();

    /// <summary>All methods.</summary>
    public JsonRpcMethods Methods()
    {
        var methods = new JsonRpcMethods();
        AddDaemon(methods);
        AddSectors(methods);
        AddFederation(methods);
        return methods;
    }

    private void AddDaemon(JsonRpcMethods methods) => methods
        .Add("Version", ApiPermissions.Read, (_, _) => Task.FromResult(Version()))
        .Add("Session", ApiPermissions.Read, (_, _) => Task.FromResult(_session))
        .Add("StartTime", ApiPermissions.Read, (_, _) => Task.FromResult(_started))
        .Add("ActorAddress", ApiPermissions.Read, (_, _) => Task.FromResult(parts.Actor.Actor))
        .Add<string, ulong>("ActorSectorSize", ApiPermissions.Read,
            (_, address, _) => Task.FromResult(SectorSizeOf(address)))
        .Add<string, IReadOnlyList<string>>(
            "AuthVerify", ApiPermissions.Read, (_, token, _) => Task.FromResult(Verify(token)))
        .Add<string[], byte[]>("AuthNew", ApiPermissions.Admin, (_, names, _) => Task.FromResult(Issue(names)))
        .Add("Shutdown", ApiPermissions.Admin, async (_, _) =>
        {
            // The answer goes out first: the listener drains what is under way.
            await stopping.CancelAsync();
            return (object?)null;
        });

    private void AddSectors(JsonRpcMethods methods) => methods
        .Add("PledgeSector", ApiPermissions.Write, (_, stop) => PledgeAsync(stop))
        .Add("SectorsList", ApiPermissions.Read, (_, stop) => NumbersAsync(static _ => true, stop))
        .Add<string[], IReadOnlyList<ulong>>("SectorsListInStates", ApiPermissions.Read, (_, states, stop) =>
            NumbersAsync(states.Contains, stop))
        .Add("SectorsSummary", ApiPermissions.Read, (_, stop) => SummaryAsync(stop))
        .Add<ulong, bool, SectorStatus>("SectorsStatus", ApiPermissions.Read, (_, sector, onChain, stop) =>
            StatusAsync(sector, onChain, stop))
        .Add<ulong, string, object?>("SectorsUpdate", ApiPermissions.Admin, (_, sector, state, stop) =>
            UpdateAsync(sector, state, stop))
        .Add<ulong, object?>("SectorRemove", ApiPermissions.Admin, (_, sector, stop) => RemoveAsync(sector, stop))
        .Add("WorkerStats", ApiPermissions.Admin, (_, stop) => WorkerStatsAsync(stop))
        .Add("WorkerJobs", ApiPermissions.Admin, (_, stop) => WorkerJobsAsync(stop));

    private void AddFederation(JsonRpcMethods methods) => methods
        .Add("FederationInfo", ApiPermissions.Read, (_, stop) => InfoAsync(stop))
        .Add("FederationAgents", ApiPermissions.Read, (_, _) => Task.FromResult(Agents()))
        .Add("FederationSectors", ApiPermissions.Read, (_, stop) => ListAsync(stop))
        .Add<ulong, object?>("FederationSectorRetry", ApiPermissions.Admin,
            (_, sector, stop) => RetryAsync(sector, stop))
        .Add<ulong, object?>("FederationSectorCancel", ApiPermissions.Admin,
            (_, sector, stop) => CancelAsync(sector, stop))
        .Add<ulong?, IReadOnlyList<Chain.Devnet.DevnetMessage>>(
            "FederationDevnetMessages", ApiPermissions.Read, (_, sector, _) =>
            Task.FromResult(parts.Chain.Messages(sector)))
        .Add("FederationDevnetStatistics", ApiPermissions.Read, (_, _) => Task.FromResult(parts.Chain.Statistics()))
        .Add<string, IReadOnlyList<StoreItem>>(
            "FederationStoreGet", ApiPermissions.Read, (_, prefix, stop) => StoreGetAsync(prefix, stop))
        .Add<string, string>("FederationCreateAgentToken", ApiPermissions.Admin,
            (_, agent, _) => Task.FromResult(IssueAgent(agent)));

    private ApiVersionInfo Version() => new(
        SoftwareVersion.Number, LotusApiVersion, (ulong)Math.Max(1, parts.Chain.Parameters.EpochDuration.TotalSeconds),
        SoftwareVersion.Text);

    private ulong SectorSizeOf(string address) => address == parts.Actor.Actor
        ? parts.Actor.SectorSize
        : throw new JsonRpcException(
            $"failed to look up sector size: actor {address} is not this miner's, {parts.Actor.Actor}");

    private IReadOnlyList<string> Verify(string token) => tokens.TryVerify(token, out var permissions)
        ? ApiTokens.NamesOf(permissions)
        : throw new JsonRpcException("JWT Verification failed: the token was not issued by this miner");

    private byte[] Issue(string[] names)
    {
        var permissions = ApiPermissions.None;
        foreach (var name in names)
        {
            permissions |= ApiTokens.TryParsePermission(name, out var permission)
                ? permission
                : throw new JsonRpcException($"'{name}' is no permission: known are read, write, sign and admin");
        }

        return System.Text.Encoding.ASCII.GetBytes(tokens.Issue(permissions));
    }

    private string IssueAgent(string agent) => FederationKeys.IsName(agent)
        ? agentTokens.Issue(agent)
        : throw new JsonRpcException(
            $"'{agent}' cannot be an agent's name: use letters, digits, '-', '_' and '.', at most 64");

    private async Task<IReadOnlyList<StoreItem>> StoreGetAsync(string prefix, CancellationToken stop)
    {
        // The store may hold other tenants: what a reader of this API sees is the federation's part of it.
        if (!prefix.StartsWith("/federation/", StringComparison.Ordinal))
        {
            throw new JsonRpcException($"'{prefix}' is outside of /federation/");
        }

        var read = await AskStoreAsync(() => board.Store.RangeAsync(new RangeQuery(prefix, true), stop));
        return [.. read.Entries.Select(
            static entry => new StoreItem(entry.Key, System.Text.Encoding.UTF8.GetString(entry.Value.Span)))];
    }

    private ActingMiner Acting() => role.Acting ?? throw new JsonRpcException(StoreAway);

    /// <summary>
    /// A miner that has just started, or waits for another one's end, must not tell that it has no sectors.
    /// </summary>
    private async Task RequireListedAsync(CancellationToken stop)
    {
        if (!await IsListedAsync(stop))
        {
            throw new JsonRpcException(StoreAway);
        }
    }

    private async Task<bool> IsListedAsync(CancellationToken stop)
    {
        await Task.WhenAny(index.Listed, Task.Delay(ListingBound, time, stop));
        stop.ThrowIfCancellationRequested();
        return index.Listed.IsCompleted;
    }

    private static async Task<T> AskStoreAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception error) when (error is StoreUnavailableException or OutcomeUnknownException)
        {
            throw new JsonRpcException($"{StoreAway} ({error.Message.Split('\n')[0]})");
        }
    }
}
