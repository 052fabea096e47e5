using Federation.Discovery;
using Federation.Integration.Tests.Support;
using Federation.Proto.Records;

namespace Federation.Integration.Tests;

/// <summary>
/// A sector's file is damaged or lost while the sector waits for its next phase: the phase fails with one sentence that
/// names the file and what to do, what can be made again is made again to the same commitments, and no other sector
/// notices.
/// </summary>
[Collection(nameof(Federations))]
public sealed class DamagedFileTests
{
    private static readonly TimeSpan ProveBound = TimeSpan.FromMinutes(5);
    private static readonly FederationKeys Keys = new("t01000");

    [Fact]
    public async Task Layers_HarmedBeforePreCommit2_AreMadeAgain()
    {
        await using var federation =
            await TestFederation.StartAsync(new() { WorkersPerRegion = 1, Stretch = "PC2=6s" });
        await using var history = new ReportHistory(federation.Store, Keys);
        var sectors = await federation.PledgeAsync(4);
        var (missing, damaged, cut) =
            (Files(federation, sectors[0]), Files(federation, sectors[1]), Files(federation, sectors[2]));

        // Each as soon as it appears, in whatever order the sectors come.
        await Task.WhenAll(
            missing.HarmAsync(missing.Layer(1), SectorFiles.DeleteAsync, ProveBound),
            damaged.HarmAsync(damaged.Layer(2), SectorFiles.DamageAsync, ProveBound),
            cut.HarmAsync(cut.TreeD, SectorFiles.TruncateAsync, ProveBound));
        await federation.AllProveAsync(sectors, ProveBound);
        await history.CatchUpAsync();

        foreach (var (sector, file) in new[] { (sectors[0], missing.Layer(1)), (sectors[1], damaged.Layer(2)),
            (sectors[2], cut.TreeD) })
        {
            var said = await ErrorOfAsync(federation, sector, "SealPreCommit1Failed");
            Assert.StartsWith("PC2 failed on worker-region-", said, StringComparison.Ordinal);
            Assert.Contains(file, said, StringComparison.Ordinal);
            Assert.EndsWith("run PreCommit1 again", said, StringComparison.Ordinal);
            Assert.Equal(2, TimesDone(history, sector, "PC1"));
        }

        await AssertUnharmedAsync(federation, history, sectors[3]);
        await Devnet.AssertOneMessageOfEachKindAsync(federation, sectors);
    }

    [Fact]
    public async Task Files_HarmedInWaitSeed_AreMadeAgainToTheSameCommitment()
    {
        await using var federation = await TestFederation.StartAsync(new() { WorkersPerRegion = 1 });
        await using var history = new ReportHistory(federation.Store, Keys);
        var sectors = await federation.PledgeAsync(3);
        var (missing, damaged) = (Files(federation, sectors[0]), Files(federation, sectors[1]));

        // Each in its own ten seconds of WaitSeed.
        await Task.WhenAll(
            InWaitSeedAsync(federation, sectors[0], missing, missing.Layer(1), SectorFiles.DeleteAsync),
            InWaitSeedAsync(federation, sectors[1], damaged, damaged.Sealed, SectorFiles.DamageAsync));
        await federation.AllProveAsync(sectors, ProveBound);
        await history.CatchUpAsync();

        var said = await ErrorOfAsync(federation, sectors[0], "ComputeProofFailed");
        Assert.StartsWith("C1 failed on worker-region-", said, StringComparison.Ordinal);
        Assert.EndsWith($"{missing.Layer(1)} is missing: run PreCommit1 again", said, StringComparison.Ordinal);
        said = await ErrorOfAsync(federation, sectors[1], "ComputeProofFailed");
        Assert.Contains($"{damaged.Sealed} are damaged at node", said, StringComparison.Ordinal);
        Assert.EndsWith("seal the sector again from PreCommit1", said, StringComparison.Ordinal);
        foreach (var sector in sectors.Take(2))
        {
            Assert.Equal((2, 2), (TimesDone(history, sector, "PC1"), TimesDone(history, sector, "PC2")));
        }

        await AssertUnharmedAsync(federation, history, sectors[2]);
        await Devnet.AssertOneMessageOfEachKindAsync(federation, sectors);
    }

    [Fact]
    public async Task Replica_GoneBeforeFinalize_NothingElseIsDeletedUntilItIsBack()
    {
        await using var federation =
            await TestFederation.StartAsync(new() { Regions = 1, WorkersPerRegion = 1, Stretch = "FIN=3s" });
        await using var history = new ReportHistory(federation.Store, Keys);
        var sectors = await federation.PledgeAsync(2);
        var files = Files(federation, sectors[0]);
        // From here on nothing but FIN wants the replica, and it waits before it looks.
        await history.FirstAsync(
            report => report is { Phase: "C1", State: PhaseState.Done }, ProveBound, federation.Tails, sectors[0]);

        var replica = files.Find(files.Sealed)!;
        File.Move(replica, replica + "-aside");
        await federation.StateIsAsync(sectors[0], "FinalizeFailed", ProveBound);

        Assert.EndsWith(
            $"{replica} is missing: run the phase that writes it again.",
            await ErrorOfAsync(federation, sectors[0], "FinalizeFailed", mayBeRepeated: true),
            StringComparison.Ordinal);
        Assert.NotNull(files.Find(files.Layer(1)));
        File.Move(replica + "-aside", replica);
        await federation.AllProveAsync(sectors, ProveBound);
        await history.CatchUpAsync();
        Assert.Null(files.Find(files.Layer(1)));
        await AssertUnharmedAsync(federation, history, sectors[1]);
    }

    private static SectorFiles Files(TestFederation federation, ulong sector) => new(federation, sector);

    private static async Task InWaitSeedAsync(
        TestFederation federation, ulong sector, SectorFiles files, string file, Func<string, Task> harm)
    {
        await federation.StateIsAsync(sector, "WaitSeed", ProveBound);
        await files.HarmAsync(file, harm, ProveBound);
    }

    /// <summary>What <c>miner sectors status --log</c> prints of the sector's one failure of a kind; or of the first
    /// while it is tried again and again.</summary>
    private static async Task<string> ErrorOfAsync(
        TestFederation federation, ulong sector, string failure, bool mayBeRepeated = false)
    {
        var lines = await federation.SectorLogAsync(sector);
        var events = lines.Where(static line => line.Contains("Failed", StringComparison.Ordinal)).ToList();
        Assert.True((mayBeRepeated ? events.Count > 0 : events.Count == 1)
            && events.All(line => line.Contains($"[event;sealing.Sector{failure}]")), string.Join('\n', lines));
        return TestFederation.ErrorIn(events[0]);
    }

    private static int TimesDone(ReportHistory history, ulong sector, string phase) => history.Reports
        .Where(report => report.Sector == sector
            && report.Phases.Any(known => known.Phase == phase && known.State == PhaseState.Done))
        .Select(static report => report.Order).Distinct().Count();

    /// <summary>No failure in its log, and each phase was done once.</summary>
    private static async Task AssertUnharmedAsync(TestFederation federation, ReportHistory history, ulong sector)
    {
        Assert.DoesNotContain(
            await federation.SectorLogAsync(sector), static line => line.Contains("Failed", StringComparison.Ordinal));
        Assert.All((string[])["AP", "PC1", "PC2", "C1"], phase => Assert.Equal(1, TimesDone(history, sector, phase)));
        history.AssertNothingStartedAfterItsAcceptance();
    }
}
