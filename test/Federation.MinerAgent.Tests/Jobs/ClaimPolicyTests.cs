using Federation.Discovery;
using Federation.MinerAgent.Jobs;
using Federation.Proto.Records;

namespace Federation.MinerAgent.Tests.Jobs;

public sealed class ClaimPolicyTests
{
    private static readonly Dictionary<string, uint> Slots = new() { ["AP"] = 4, ["PC1"] = 4 };

    [Fact]
    public void MaxClaims_Unset_IsTheWorkersSlotsAndAtLeastOne()
    {
        Assert.Equal(4u, ClaimPolicy.MaxClaims(0, Slots));
        Assert.Equal(1u, ClaimPolicy.MaxClaims(0, new Dictionary<string, uint>()));
        Assert.Equal(9u, ClaimPolicy.MaxClaims(9, Slots));
    }

    [Fact]
    public void Choose_OwnRegionPriorityAge_InThisOrder()
    {
        Versioned<QueueRecord>[] offers =
        [
            Offer(1, "west", "AP", 9), Offer(2, "", "C2", 9), Offer(5, "", "AP", 0), Offer(4, "", "AP", 0),
            Offer(6, "", "AP", 1), Offer(7, "east", "PC1", 0),
        ];
        List<ulong> order = [];
        for (var left = offers; ClaimPolicy.Choose(left, "east", Slots) is { } chosen; left =
            [.. left.Where(o => o != chosen)])
        {
            order.Add(chosen.Record.Sector);
        }

        Assert.Equal([7, 6, 4, 5], order);
    }

    /// <summary>PC1 is hours of work that need not wait for the worker of PC2.</summary>
    [Fact]
    public void Choose_LaterPhaseHasNoWorkerYet_IsTakenAllTheSame()
    {
        var offer = Offer(7, "east", "PC1", 0);
        offer.Record.Order.Phases.Add("PC2");
        Assert.Equal(7UL, ClaimPolicy.Choose([offer], "east", Slots)?.Record.Sector);
    }

    [Fact]
    public void Delay_LessHeld_ComesBeforeAnyChanceOfMoreHeld()
    {
        var spread = TimeSpan.FromMilliseconds(20);
        Assert.True(ClaimPolicy.Delay(0, 4, spread, 1) < ClaimPolicy.Delay(1, 4, spread, 0));
        Assert.True(ClaimPolicy.Delay(0, 4, spread, 1) <= TimeSpan.FromMilliseconds(2));
        Assert.True(ClaimPolicy.Delay(9, 4, spread, 1) <= spread);
    }

    private static Versioned<QueueRecord> Offer(ulong sector, string region, string phase, int priority) => new(
        $"/{sector}",
        new QueueRecord { Sector = sector, Region = region, Priority = priority,
            Order = new Order { Number = 1, Phases = { phase } } },
        1, 0, default);
}
