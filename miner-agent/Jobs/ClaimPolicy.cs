using Federation.Discovery;
using Federation.MinerAgent.Scheduling;
using Federation.Proto.Records;

namespace Federation.MinerAgent.Jobs;

/// <summary>
/// Which offer an agent takes, and when. Pure.
/// </summary>
/// <remarks>
/// An agent's unfinished claims never exceed its slots for the beginning of a sector: the sum of its live workers' PC1
/// slots (AP's where it has more), at least 1. A job counts from its claim until it is finished, also while it waits
/// for the chain, so that one region never swallows what another one could begin. A worker has two PC1 slots unless
/// told otherwise: two regions of two workers hold eight sectors between them, four each. Where waiting for seeds
/// leaves workers idle, SealAgent.MaxClaims raises the number.
/// <para>
/// Only the next phase needs a connected worker. A sector that was begun is offered to its own region alone: left
/// unclaimed for want of a PC2 or C2 worker it would wait just as long, without the hours of PC1 done meanwhile; and a
/// region that starts its C2 workers when the first seed is due would never begin. A new sector's order has but one
/// phase. What then waits for a worker says so, in the log and in the tables, and holds its claim, so that such a
/// region takes no more than that.
/// </para>
/// </remarks>
public static class ClaimPolicy
{
    /// <summary>Unfinished claims at most.</summary>
    public static uint MaxClaims(uint configured, IReadOnlyDictionary<string, uint> slots) => configured > 0
        ? configured
        : Math.Max(1, Math.Max(
            slots.GetValueOrDefault(TaskCode.PreCommit1), slots.GetValueOrDefault(TaskCode.AddPiece)));

    /// <summary>
    /// The offer to claim: of this region or any, its next phase one that a connected worker runs; the region's own
    /// first, then by priority, then the oldest sector. Null when there is none.
    /// </summary>
    public static Versioned<QueueRecord>? Choose(
        IEnumerable<Versioned<QueueRecord>> offers, string region, IReadOnlyDictionary<string, uint> slots) => offers
        .Where(offer => offer.Record.Region.Length == 0 || offer.Record.Region == region)
        .Where(offer => offer.Record.Order is { Phases: [var first, ..] } && slots.ContainsKey(first))
        .OrderByDescending(offer => offer.Record.Region.Length > 0)
        .ThenByDescending(offer => offer.Record.Priority)
        .ThenBy(offer => offer.Record.Sector)
        .FirstOrDefault();

    /// <summary>
    /// The longer the more an agent holds, with a bit of chance: of two agents that see an offer at the same moment,
    /// the one with less work comes first, and one that is idle comes at once.
    /// </summary>
    public static TimeSpan Delay(int held, uint maxClaims, TimeSpan spread, double chance)
    {
        var load = Math.Min(1.0, held / (double)Math.Max(1, maxClaims));
        return spread * ((0.9 * load) + (0.1 * chance));
    }
}
