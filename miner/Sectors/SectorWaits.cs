using Federation.Hosting.Waits;
using Federation.Proto.Records;

namespace Federation.Miner.Sectors;

/// <summary>
/// Why no agent works on a sector that wants one, as the watches tell it: nobody there has a worker for the next phase,
/// or the agent is away. Sectors that wait for a slot, for the chain or for time have no such reason. Thread-safe.
/// </summary>
/// <param name="index">Sectors, offers, jobs and reports.</param>
/// <param name="registered">The registered agents; null while they have not been read.</param>
internal sealed class SectorWaits(SectorIndex index, Func<IReadOnlyList<AgentRecord>?> registered)
{
    /// <summary>One sentence with the remedy; null when there is nothing of the kind.</summary>
    public string? Of(SectorRecord sector)
    {
        if (!SectorTransitions.IsPhase(sector.State) || registered() is not { } agents)
        {
            return null;
        }

        var (region, offer, job, report) = index.WorkOf(sector);
        var order = offer?.Order ?? job?.Order;
        return order?.Number == sector.Order && Next(order, report) is { } phase
            ? Reason(phase, offer, job, region, agents)
            : null;
    }

    /// <summary>The first phase of an order that is neither done nor failed; null when the miner speaks next.</summary>
    private static PhaseReport? Next(Order order, ReportRecord? report)
    {
        var known = report?.Order == order.Number ? report.Phases : [];
        return order.Phases
            .Select(phase => known.FirstOrDefault(told => told.Phase == phase) ?? new PhaseReport { Phase = phase })
            .FirstOrDefault(static phase => phase.State != PhaseState.Done) is { State: not PhaseState.Failed } next
            ? next
            : null;
    }

    private static string? Reason(
        PhaseReport next, QueueRecord? offer, JobRecord? job, string region, IReadOnlyList<AgentRecord> agents)
    {
        var phase = next.Phase;
        return (offer, job) switch
        {
            ({ Region: "" }, _) => Runs(phase, agents) switch
            {
                null => WaitReason.NoAgent(phase),
                false => WaitReason.NoWorker(phase),
                true => null,
            },
            ({ Region: var offered }, _) => Runs(phase, agents.Where(agent => agent.Region == offered)) switch
            {
                null => WaitReason.NoAgent(phase, SectorLogText.Name(offered)),
                false => WaitReason.NoWorker(phase, SectorLogText.Name(offered)),
                true => null,
            },
            (_, { Agent: { Length: > 0 } agent }) => ReasonAt(agent, region, next, agents),
            _ => null,
        };
    }

    private static string? ReasonAt(string name, string region, PhaseReport next, IReadOnlyList<AgentRecord> agents)
    {
        var shown = SectorLogText.Name(name);
        var agent = agents.FirstOrDefault(agent => agent.Name == name);
        return agent is null ? WaitReason.AgentAway(next.Phase, region, shown)
            : next.State != PhaseState.Running && Runs(next.Phase, [agent]) == false
                ? WaitReason.NoWorker(next.Phase, region, shown)
            : null;
    }

    /// <summary>Whether one of the agents has a worker for the phase; null when there is no agent.</summary>
    private static bool? Runs(string phase, IEnumerable<AgentRecord> agents) =>
        agents.Select(agent => (bool?)agent.Slots.ContainsKey(phase)).Max();
}
