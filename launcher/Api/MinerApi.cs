using System.Text.Json;
using Federation.Hosting;
using Federation.Hosting.JsonRpc;
using Federation.Hosting.Net;

namespace Federation.Launcher.Api;

/// <summary>The miner's JSON-RPC API, used as any client uses it.</summary>
internal sealed class MinerApi(ApiInfo info) : IDisposable
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(10);

    private readonly JsonRpcClient _client = new(info, "miner", CallLimit);

    /// <summary>Whether the miner answers.</summary>
    public async Task<bool> IsUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync("Version", [], cancellationToken);
            return true;
        }
        catch (OperatorException)
        {
            // Not listening yet: the caller asks again, within its bound.
            return false;
        }
    }

    /// <summary>The agents that are registered.</summary>
    public async Task<IReadOnlyList<AgentView>> AgentsAsync(CancellationToken cancellationToken)
    {
        var agents = await CallAsync("FederationAgents", [], cancellationToken);
        return [.. Items(agents).Select(
            agent => new AgentView(Text(agent, "Name"), Text(agent, "Region"), Number(agent, "Workers")))];
    }

    /// <summary>Pledges a sector; returns its number.</summary>
    public async Task<ulong> PledgeAsync(CancellationToken cancellationToken) =>
        (await CallAsync("PledgeSector", [], cancellationToken)).GetProperty("Number").GetUInt64();

    /// <summary>Every sector, by number.</summary>
    public async Task<IReadOnlyList<SectorView>> SectorsAsync(CancellationToken cancellationToken)
    {
        var listing = await CallAsync("FederationSectors", [], cancellationToken);
        return
        [
            .. Items(listing.GetProperty("Sectors")).Select(sector => new SectorView(
                sector.GetProperty("Number").GetUInt64(), Text(sector, "State"), Text(sector, "Region"),
                Flag(sector, "NeedsOperator"), Text(sector, "LastErr"), Wait: Text(sector, "Wait")))
                .OrderBy(sector => sector.Number),
        ];
    }

    /// <summary>
    /// The phases that run or wait for a worker, by sector. The miner asks its agents for this, over the WAN: not to be
    /// called often.
    /// </summary>
    public async Task<IReadOnlyDictionary<ulong, JobView>> JobsAsync(CancellationToken cancellationToken)
    {
        var jobs = new Dictionary<ulong, JobView>();
        foreach (var worker in (await CallAsync("WorkerJobs", [], cancellationToken)).EnumerateObject())
        {
            // RunWait 0 = running, above = its place in the queue.
            foreach (var job in Items(worker.Value).Where(job => Number(job, "RunWait") >= 0))
            {
                var number = job.GetProperty("Sector").GetProperty("Number").GetUInt64();
                var seen = new JobView(ShortTask(Text(job, "Task")), Text(job, "Hostname"), Percent(job));
                if (seen.IsRunning || !jobs.ContainsKey(number))
                {
                    jobs[number] = seen;
                }
            }
        }

        return jobs;
    }

    /// <summary>Seconds that each phase of a sector took, by task code.</summary>
    public async Task<IReadOnlyDictionary<string, double>> PhaseSecondsAsync(
        ulong sector, CancellationToken cancellationToken) =>
        Seconds(await CallAsync("SectorsStatus", [sector, false], cancellationToken));

    /// <summary>Closes its connections.</summary>
    public void Dispose() => _client.Dispose();

    private async Task<JsonElement> CallAsync(string method, object?[] parameters, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.CallAsync<JsonElement>(method, parameters, cancellationToken);
        }
        catch (JsonRpcException refusal)
        {
            throw new MinerRefusedException($"the miner refused {method}: {refusal.Message}", refusal);
        }
    }

    /// <summary>Go writes an empty list as null.</summary>
    private static JsonElement.ArrayEnumerator Items(JsonElement array) =>
        array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : default;

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";

    private static int Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : 0;

    private static double? Percent(JsonElement job) =>
        job.TryGetProperty("Progress", out var progress) && progress.TryGetProperty("Percent", out var percent)
            ? percent.GetDouble()
            : null;

    private static bool Flag(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static Dictionary<string, double> Seconds(JsonElement status) =>
        status.TryGetProperty("PhaseSeconds", out var phases) && phases.ValueKind == JsonValueKind.Object
            ? phases.EnumerateObject().ToDictionary(phase => phase.Name, phase => phase.Value.GetDouble())
            : [];

    private static string ShortTask(string task) => task switch
    {
        "seal/v0/addpiece" => "AP",
        "seal/v0/precommit/1" => "PC1",
        "seal/v0/precommit/2" => "PC2",
        "seal/v0/commit/1" => "C1",
        "seal/v0/commit/2" => "C2",
        "seal/v0/finalize" => "FIN",
        _ => task,
    };
}
