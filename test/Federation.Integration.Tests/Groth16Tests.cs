using Federation.Discovery;
using Federation.Integration.Tests.Support;
using Federation.Proto.Records;
using Xunit.Abstractions;

namespace Federation.Integration.Tests;

/// <summary>A sector sealed in earnest: proved by C2, verified by miner and devnet with the verifying key.</summary>
[Collection(nameof(Federations))]
public sealed class Groth16Tests(ITestOutputHelper output)
{
    private const int MostBulkBytes = 8 << 10;
    private static readonly TimeSpan PhaseBound = TimeSpan.FromMinutes(5), ProveBound = TimeSpan.FromMinutes(8);
    private static readonly FederationKeys Keys = new("t01000");

    /// <summary>C2 has no files to go on from: it begins anew, from C1's output in the region.</summary>
    [Fact]
    public async Task Worker_KilledInTheMiddleOfAProof_SectorProvesByAnotherAttempt()
    {
        var parameters = await TestParameters.RequireAsync();
        await using var federation = await TestFederation.StartAsync(
            new() { Regions = 1, WorkersPerRegion = 2, Proxied = true, Parameters = parameters });
        await using var history = new ReportHistory(federation.Store, Keys);
        var region = federation.Regions[0];
        var sectors = await federation.PledgeAsync(1);

        var (_, killed) = await history.FirstAsync(
            static phase => phase is { Phase: "C2", State: PhaseState.Running }, PhaseBound, federation.Tails);
        output.WriteLine(await InTheMiddleAsync(federation));
        var index = Array.FindIndex(region.Workers, worker => worker.Name == killed.Hostname);
        await region.Workers[index].KillAsync();
        federation.StartWorker(region, index);
        await federation.AllProveAsync(sectors, ProveBound);
        await history.CatchUpAsync();

        var (_, done) = await history.FirstAsync(
            static phase => phase is { Phase: "C2", State: PhaseState.Done }, PhaseBound, federation.Tails);
        output.WriteLine($"C2 took {done.Seconds} s, {federation.BulkProxy!.Bytes} bytes crossed to the bulk port");
        Assert.NotEqual(killed.Attempt, done.Attempt);
        Assert.Equal(192UL, done.ProofBytes);
        history.AssertNothingStartedAfterItsAcceptance();
        await Devnet.AssertOneMessageOfEachKindAsync(federation, sectors);
        AssertCommit1StayedInItsRegion(federation, sectors[0]);
        Assert.Equal(1, Named(federation.Miner));
        Assert.Equal(1, Named(region.Workers[index == 0 ? 1 : 0]));
    }

    /// <summary>What <c>sealing jobs</c> says once the proof is under way.</summary>
    private static async Task<string> InTheMiddleAsync(TestFederation federation)
    {
        var shown = "";
        await Eventually.HoldsAsync(
            async () =>
            {
                var lines = await federation.OutputOfAsync("sealing", "jobs");
                shown = lines.FirstOrDefault(
                    static line => line.Contains(" C2 ", StringComparison.Ordinal)
                        && line.Contains("running", StringComparison.Ordinal)
                        && line.Contains('%', StringComparison.Ordinal)) ?? "";
                return shown.Length > 0 ? null : $"no C2 that tells how far it is:\n{string.Join('\n', lines)}";
            },
            PhaseBound,
            federation.Tails);
        return shown;
    }

    private static void AssertCommit1StayedInItsRegion(TestFederation federation, ulong sector)
    {
        Assert.InRange(federation.BulkProxy!.Bytes, 192, MostBulkBytes);
        Assert.False(Directory.Exists(Path.Combine(federation.Regions[0].Storage, "handover", $"s-t01000-{sector}")));
    }

    /// <summary>How often a program says that its parameters are nobody's but a devnet's.</summary>
    private static int Named(ChildProcess process) => process.ReadShared().Split('\n')
        .Count(static line => line.Contains("TestParameters: ", StringComparison.Ordinal));
}
