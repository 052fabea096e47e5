using Federation.Hosting.Metrics;
using Federation.Miner.Gate;
using Federation.Miner.Sectors;

namespace Federation.Miner.Host;

/// <summary>What the miner shows on P+1.</summary>
internal static class MinerMetrics
{
    /// <summary>
    /// Registers all; returns the counter of proof bytes, which the devnet alone makes cross the WAN.
    /// </summary>
    public static MetricCounter Register(
        MetricsRegistry metrics, MinerParts parts, SectorIndex index, SectorWaits waits, AttachedAgents agents)
    {
        ProcessMetrics.AddTo(metrics, "miner", SoftwareVersion.Number);
        var sectors = metrics.AddGauge("federation_sectors", "Sectors by state.", "state");
        foreach (var state in SectorStates.All.Where(SectorTransitions.IsDriven))
        {
            sectors.Observe(() => index.Sectors.Count(sector => sector.State == state), state);
        }

        metrics.AddGauge("federation_sectors_needing_operator", "Sectors that wait for an operator.")
            .Observe(() => index.Sectors.Count(static sector => sector.NeedsOperator));
        metrics.AddGauge(
            "federation_sectors_without_worker",
            "Sectors that nobody works on, as no agent that might has a worker for the next phase, or the agent is "
            + "away.")
            .Observe(() => index.Sectors.Count(sector => waits.Of(sector) is not null));
        metrics.AddGauge("federation_agents_attached", "Agents whose stream is open.").Observe(() => agents.Count);
        metrics.AddGauge("federation_devnet_epoch", "The devnet's head.").Observe(() => parts.Chain.Statistics().Epoch);
        var store = metrics.AddGauge(
            "federation_store_bytes", "Bytes between miner and store since the start.", "direction");
        store.Observe(() => parts.Store.Counter.BytesSent, "sent");
        store.Observe(() => parts.Store.Counter.BytesReceived, "received");
        return metrics.AddCounter(
            "federation_miner_bulk_received_bytes_total",
            "Bytes of sectors' proofs received on the bulk port.");
    }
}
