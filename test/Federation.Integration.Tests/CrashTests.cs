using Federation.Discovery;
using Federation.Integration.Tests.Support;
using Federation.Proto.Records;

namespace Federation.Integration.Tests;

/// <summary>
/// Real processes on a real etcd, sectors of 8 MiB, kill -9 while the job record shows the phase running. Whatever
/// dies: every sector proves, by exactly one pre-commit and one commit, and nothing accepted is computed again.
/// </summary>
[Collection(nameof(Federations))]
public sealed class CrashTests
{
    private const int Sectors = 4;
    private static readonly TimeSpan PhaseBound = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ProveBound = TimeSpan.FromMinutes(8);
    private static readonly FederationKeys Keys = new("t01000");

    [EtcdFact]
    public Task Worker_KilledInPreCommit1_EverySectorProves() => RunAsync(async (federation, history) =>
    {
        var (_, phase) = await history.FirstAsync(IsRunning("PC1"), PhaseBound, federation.Tails);
        var (region, index) = WorkerOf(federation, phase);
        await region.Workers[index].KillAsync();
        federation.StartWorker(region, index);
    });

    [EtcdFact]
    public Task Agent_KilledInPreCommit2_EverySectorProves() => RunAsync(async (federation, history) =>
    {
        var (_, phase) = await history.FirstAsync(IsRunning("PC2"), PhaseBound, federation.Tails);
        var (region, _) = WorkerOf(federation, phase);
        await region.Agent.KillAsync();
        federation.StartAgent(region);
    });

    [EtcdFact]
    public Task Miner_KilledInWaitSeed_EverySectorProves() => RunAsync(async (federation, _) =>
    {
        await InWaitSeedAsync(federation);
        await federation.Miner.KillAsync();
        await federation.StartMinerAsync();
    });

    [EtcdFact]
    public Task All_KilledAtOnce_EverySectorProves() => RunAsync(async (federation, history) =>
    {
        await history.FirstAsync(IsRunning("PC2"), PhaseBound, federation.Tails);
        await InWaitSeedAsync(federation);
        ChildProcess[] all =
            [federation.Miner, .. federation.Regions.SelectMany(static region => region.Workers.Append(region.Agent))];
        await Task.WhenAll(all.Select(static process => process.KillAsync()));
        await federation.StartMinerAsync();
        foreach (var region in federation.Regions)
        {
            federation.StartAgent(region);
            for (var index = 0; index < region.Workers.Length; index++)
            {
                federation.StartWorker(region, index);
            }
        }
    });

    private static async Task RunAsync(Func<TestFederation, ReportHistory, Task> fault)
    {
        await using var federation = await TestFederation.StartAsync(new() { Etcd = true, SectorSize = "8MiB" });
        await using var history = new ReportHistory(federation.Store, Keys);
        var sectors = await federation.PledgeAsync(Sectors);
        await fault(federation, history);
        await federation.AllProveAsync(sectors, ProveBound);
        await history.CatchUpAsync();
        history.AssertNothingStartedAfterItsAcceptance();
        await Devnet.AssertOneMessageOfEachKindAsync(federation, sectors);
    }

    private static Task InWaitSeedAsync(TestFederation federation) => Eventually.HoldsAsync(
        async () =>
        {
            var states = await federation.CallAsync("SectorsSummary");
            return states.TryGetProperty("WaitSeed", out var count) && count.GetInt32() > 0 ? null
                : $"no sector in WaitSeed: {states}";
        },
        PhaseBound,
        federation.Tails);

    private static Func<PhaseReport, bool> IsRunning(string phase) =>
        report => report.Phase == phase && report.State == PhaseState.Running;

    private static (TestRegion Region, int Index) WorkerOf(TestFederation federation, PhaseReport phase)
    {
        foreach (var region in federation.Regions)
        {
            for (var index = 0; index < region.Workers.Length; index++)
            {
                if (region.WorkerName(index) == phase.Hostname)
                {
                    return (region, index);
                }
            }
        }

        throw new InvalidOperationException($"no worker is called '{phase.Hostname}'");
    }
}
