using System.Text.RegularExpressions;
using Federation.Discovery;
using Federation.Integration.Tests.Support;

namespace Federation.Integration.Tests;

/// <summary>A worker that offers lanes gets its PC1 as a group, and each sector goes its own way to the end.</summary>
[Collection(nameof(Federations))]
public sealed partial class LanesTests
{
    private const int Lanes = 4;
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task PreCommit1_WorkerWithLanes_LabelsFourSectorsAtOnceAndAllProve()
    {
        await using var federation =
            await TestFederation.StartAsync(new() { Regions = 1, WorkersPerRegion = 1, Lanes = Lanes });
        await using var history = new ReportHistory(federation.Store, new FederationKeys("t01000"));
        var sectors = await federation.PledgeAsync(Lanes);
        await federation.AllProveAsync(sectors, Bound);
        await history.CatchUpAsync();

        Assert.Contains("\tLANES: PC1 of up to 4 sectors in lockstep",
            await federation.OutputOfAsync("sealing", "workers"));
        var log = federation.Regions[0].Workers[0].ReadShared();
        var group = Assert.Single(Lockstep().Matches(log));
        Assert.Equal(sectors.Order(), group.Groups[1].Value.Split(',').Select(ulong.Parse).Order());
        Assert.DoesNotContain("one by one", log, StringComparison.Ordinal);
        history.AssertNothingStartedAfterItsAcceptance();
        await Devnet.AssertOneMessageOfEachKindAsync(federation, sectors);
    }

    /// <summary>The worker dies with a group on it: its sectors are gathered again by the one that comes
    /// back.</summary>
    [Fact]
    public async Task PreCommit1_WorkerKilledWithAGroup_AllProveAfterItsReturn()
    {
        await using var federation = await TestFederation.StartAsync(
            new() { Regions = 1, WorkersPerRegion = 1, Lanes = Lanes, Stretch = "PC1=5s" });
        await using var history = new ReportHistory(federation.Store, new FederationKeys("t01000"));
        var sectors = await federation.PledgeAsync(Lanes);
        var region = federation.Regions[0];
        await Eventually.HoldsAsync(
            () => Task.FromResult(Started().Count(region.Workers[0].ReadShared()) is var started && started == Lanes
                ? null
                : $"PC1 of {started} sectors started"),
            Bound,
            federation.Tails);
        await region.Workers[0].KillAsync();
        federation.StartWorker(region, 0);
        await federation.AllProveAsync(sectors, Bound);
        await history.CatchUpAsync();

        Assert.NotEmpty(Lockstep().Matches(region.Workers[0].ReadShared()));
        history.AssertNothingStartedAfterItsAcceptance();
        await Devnet.AssertOneMessageOfEachKindAsync(federation, sectors);
    }

    [GeneratedRegex("PC1 of [0-9]+ sectors in lockstep: ([0-9,]+), group")]
    private static partial Regex Lockstep();

    [GeneratedRegex("PC1 of sector [0-9]+ started")]
    private static partial Regex Started();
}
