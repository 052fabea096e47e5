using Federation.Discovery;
using Federation.Integration.Tests.Support;
using Federation.Proto.Records;

namespace Federation.Integration.Tests;

/// <summary>
/// A region's disk fills up while it seals: the phase fails with one sentence, nothing half-done is published, the
/// other region goes on, and when there is room again the sectors prove.
/// </summary>
[Collection(nameof(Federations))]
public sealed class FullDiskTests
{
    private const int StorageKiB = 4096;
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);
    private static readonly FederationKeys Keys = new("t01000");

    [MountFact]
    public async Task Storage_FullInPreCommit1_FailsThereAndGoesOnOnceThereIsRoom()
    {
        await using var federation = await TestFederation.StartAsync(new()
        {
            WorkersPerRegion = 1, Stretch = "PC1=7s", FirstStorageKiB = StorageKiB,
        });
        await using var history = new ReportHistory(federation.Store, Keys);
        var (full, other) = (federation.Regions[0], federation.Regions[1]);
        var sectors = await federation.PledgeAsync(4);
        var (sector, _) = await history.FirstAsync(
            report => report is { Phase: "PC1", State: PhaseState.Running }
                && report.Hostname == full.WorkerName(0), Bound, federation.Tails);

        federation.FirstStorage!.Fill();
        await federation.StateIsAsync(sector, "SealPreCommit1Failed", Bound);

        var log = await federation.SectorLogAsync(sector);
        var said = TestFederation.ErrorIn(log.First(static line => line.Contains("Failed", StringComparison.Ordinal)));
        Assert.Matches($"^PC1 failed on [^ :]*{full.Name}[^ :]*: ", said);
        Assert.Contains(full.Storage, said, StringComparison.Ordinal);
        Assert.Matches("No space left on device|has [0-9.]+ [KMG]?i?B left", said);
        Assert.Matches("see that .* has room and can be written$|free some space there", said);
        var cache = Path.Combine(full.Storage, "cache");
        Assert.Empty(Directory.Exists(cache) ? Directory.GetFiles(cache, "*", SearchOption.AllDirectories) : []);
        await IsListedAsFailedAsync(federation, sector);
        await history.FirstAsync(phase => phase.Hostname == other.WorkerName(0), Bound, federation.Tails);
        var elsewhere = sectors.Where(number => Saw(history, number, other) && !Saw(history, number, full)).ToList();
        Assert.NotEmpty(elsewhere);
        await federation.AllProveAsync(elsewhere, Bound);

        federation.FirstStorage.MakeRoom();
        await RetryTheGivenUpAsync(federation, sectors);
        await federation.AllProveAsync(sectors, Bound);
        await history.CatchUpAsync();
        foreach (var number in elsewhere)
        {
            Assert.DoesNotContain(await federation.SectorLogAsync(number), static line =>
                line.Contains("Failed", StringComparison.Ordinal));
        }

        history.AssertNothingStartedAfterItsAcceptance();
        await Devnet.AssertOneMessageOfEachKindAsync(federation, sectors);
    }

    /// <summary>Between two attempts, of which none can succeed.</summary>
    private static Task IsListedAsFailedAsync(TestFederation federation, ulong sector) => Eventually.HoldsAsync(
        async () =>
        {
            var lines = await federation.OutputOfAsync("sectors", "list");
            return lines.Any(line => line.StartsWith($"{sector} ", StringComparison.Ordinal)
                && line.Contains("SealPreCommit1Failed", StringComparison.Ordinal)) ? null : string.Join('\n', lines);
        },
        Bound,
        federation.Tails);

    /// <summary>On a slow machine a sector's attempts may have been spent before there was room: an operator's
    /// turn.</summary>
    private static async Task RetryTheGivenUpAsync(TestFederation federation, IReadOnlyList<ulong> sectors)
    {
        foreach (var sector in sectors)
        {
            if (await federation.NeedsOperatorAsync(sector))
            {
                await federation.OutputOfAsync("sectors", "retry", $"{sector}");
            }
        }
    }

    private static bool Saw(ReportHistory history, ulong sector, TestRegion region) => history.Reports.Any(
        report => report.Sector == sector && report.Phases.Any(phase => phase.Hostname == region.WorkerName(0)));
}
