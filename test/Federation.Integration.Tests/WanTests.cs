using System.Globalization;
using Federation.Integration.Tests.Support;
using Xunit.Abstractions;

namespace Federation.Integration.Tests;

/// <summary>What crosses between a region and store and miner, counted by TCP proxies, not by the programs
/// themselves.</summary>
[Collection(nameof(Federations))]
public sealed class WanTests(ITestOutputHelper output)
{
    private const long BudgetPerSector = 16 * 1024;
    private const long BudgetPerAgentsStart = 6 * 1024;
    private const int Sectors = 4;

    [Fact]
    public async Task Sealing_ThroughCountingProxies_StaysWithinTheBudgetAndTheAgentCountsTheSame()
    {
        // The long run stretches PC1 to what a small sector never takes, so that idling is counted too.
        var all = Environment.GetEnvironmentVariable("FEDERATION_TEST_ALL") == "1";
        await using var federation = await TestFederation.StartAsync(new()
        {
            Regions = 1, Proxied = true, LeaseTtl = "30s", Stretch = all ? "PC1=10m" : null,
        });
        var before = Proxied(federation);
        var sectors = await federation.PledgeAsync(Sectors);
        await federation.AllProveAsync(sectors, TimeSpan.FromMinutes(all ? 40 : 5));

        var crossed = Proxied(federation) - before;
        output.WriteLine($"{crossed} bytes crossed for {Sectors} sectors, {federation.BulkProxy!.Bytes} of vanilla proofs apart");
        Assert.True(
            crossed <= BudgetPerSector * Sectors,
            $"{crossed} bytes crossed for {Sectors} sectors: {crossed / Sectors} each, allowed are {BudgetPerSector}");
        Assert.True(federation.BulkProxy.Bytes > 0, "the vanilla proof did not cross by the bulk port");
        await Eventually.HoldsAsync(
            async () =>
            {
                var own = await OwnFigureAsync(federation.Regions[0]);
                var proxied = Proxied(federation);
                return Math.Abs(own - proxied) <= 0.05 * proxied ? null
                    : $"the agent counts {own} bytes, the proxies {proxied}";
            },
            TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Sealing_OneSectorAloneInItsRegion_StaysWithinTheBudgetAsDoesTheAgentsStart()
    {
        await using var federation = await TestFederation.StartAsync(
            new() { Regions = 1, WorkersPerRegion = 1, Proxied = true, LeaseTtl = "30s" });
        var start = Proxied(federation);
        var sectors = await federation.PledgeAsync(1);
        await federation.AllProveAsync(sectors, TimeSpan.FromMinutes(5));

        var crossed = Proxied(federation);
        output.WriteLine($"{crossed} bytes crossed, {start} of them by the agent's start; {BudgetPerSector} is a sector's budget");
        output.WriteLine($"store {federation.StoreProxy!.BytesUp} up, {federation.StoreProxy.BytesDown} down");
        output.WriteLine($"miner {federation.MinerProxy!.BytesUp} up, {federation.MinerProxy.BytesDown} down");
        Assert.True(crossed - start <= BudgetPerSector,
            $"{crossed - start} bytes crossed for the sector; allowed are {BudgetPerSector}");
        Assert.True(start <= BudgetPerAgentsStart,
            $"{start} bytes crossed for the agent's start; allowed are {BudgetPerAgentsStart}");
    }

    private static long Proxied(TestFederation federation) =>
        federation.StoreProxy!.Bytes + federation.MinerProxy!.Bytes;

    private static async Task<long> OwnFigureAsync(TestRegion region)
    {
        using var http = new HttpClient();
        var page = await http.GetStringAsync(new Uri($"http://127.0.0.1:{region.ServePort + 1}/metrics"));
        return page.Split('\n')
            .Where(static line => line.StartsWith("federation_wan_bytes_total{", StringComparison.Ordinal)
                && !line.Contains("bulk"))
            .Sum(static line => (long)double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
