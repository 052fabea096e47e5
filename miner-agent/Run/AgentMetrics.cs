using Federation.Hosting.Metrics;
using Federation.MinerAgent.Jobs;
using Federation.MinerAgent.Scheduling;
using Federation.MinerAgent.Workers;
using Federation.Proto.Transport;

namespace Federation.MinerAgent.Run;

/// <summary>What this agent shows on <c>/metrics</c>.</summary>
internal sealed class AgentMetrics
{
    private readonly MetricCounter _wan;
    private readonly IReadOnlyList<(string Peer, WireCounter Counter)> _peers;
    private readonly Dictionary<(string Peer, string Direction), long> _seen = [];

    /// <summary>Adds the metrics.</summary>
    public AgentMetrics(
        MetricsRegistry metrics, IReadOnlyList<(string Peer, WireCounter Counter)> peers, JobSet jobs, WorkerPool pool,
        SealScheduler scheduler)
    {
        _peers = peers;
        _wan = metrics.AddCounter(
            "federation_wan_bytes_total", "Bytes that crossed this agent's sockets to store and miner.", "peer",
            "direction");
        metrics.AddGauge("federation_agent_claims", "Sectors that this agent holds.").Observe(() => jobs.Count);
        metrics.AddGauge("federation_agent_workers", "Workers whose session is open.")
            .Observe(() => scheduler.ConnectedWorkers());
        metrics.AddGauge("federation_agent_phases_waiting", "Phases that wait for a worker.")
            .Observe(() => scheduler.Waiting().Count);
        var missing = metrics.AddGauge(
            "federation_agent_phases_without_worker",
            "Phases that wait and that no connected worker of this agent runs.", "phase");
        foreach (var phase in TaskCode.All)
        {
            missing.Observe(() => scheduler.WaitingInVain().Count(request => request.Phase == phase), phase);
        }

        var running = metrics.AddGauge("federation_agent_phases_running", "Phases that run.", "phase");
        foreach (var phase in TaskCode.All)
        {
            running.Observe(() => pool.Runs().Count(run => run.Key.Phase == phase), phase);
        }

        Update();
    }

    /// <summary>Takes over what the sockets have counted since the last time.</summary>
    public void Update()
    {
        foreach (var (peer, counter) in _peers)
        {
            Add(peer, "sent", counter.BytesSent);
            Add(peer, "received", counter.BytesReceived);
        }
    }

    private void Add(string peer, string direction, long total)
    {
        _wan.Add(total - _seen.GetValueOrDefault((peer, direction)), peer, direction);
        _seen[(peer, direction)] = total;
    }
}
