using Federation.Discovery;
using Federation.Discovery.Store;
using Federation.MinerAgent.Scheduling;
using Federation.MinerAgent.Tests.Simulation;
using Federation.Proto.Records;

namespace Federation.MinerAgent.Tests.Jobs;

/// <summary>
/// Jobs of several sizes and graphs with one worker that has lanes: what their assignments say of groups.
/// </summary>
public sealed class JobLanesTests
{
    private const uint Lanes = 4;
    private const ulong First = 20;

    // One more than the lanes: what waits at the same time is of two kinds.
    private const int InARow = 5;

    private const ulong MiB = 1UL << 20, LanesMemory = 4096 * MiB;

    private static readonly SealSpec[] Specs =
    [
        new() { SealProof = 7, SectorSize = 512 * MiB, Miner = 1000 },
        new() { SealProof = 2, SectorSize = 512 * MiB, Miner = 1000 },
        new() { SealProof = 6, SectorSize = 8 * MiB, Miner = 1000 },
        new() { PorepId = new string('a', 64), ApiVersion = "1.1", SectorSize = 8 * MiB, Miner = 1000 },
        new() { PorepId = new string('b', 64), ApiVersion = "1.1", SectorSize = 8 * MiB, Miner = 1000 },
        // 4 lanes of it take 256 GiB: it goes alone.
        new() { SealProof = 8, SectorSize = 32768 * MiB, Miner = 1000 },
    ];

    [Fact]
    public void PreCommit1_JobsOfSeveralKinds_AreAssignedInGroupsOfOneKind() => SimLoop.Run(
        async loop =>
        {
            using var scene = new SimScene(loop) { Duration = TimeSpan.FromMinutes(5) };
            scene.Worker.Lanes = new LaneOffer(Lanes, LanesMemory);
            await loop.Until(() => scene.Agent.Jobs.Ready.IsCompleted);
            scene.Worker.Connect(scene.Agent);
            var sectors = Enumerable.Range(0, InARow * Specs.Length).Select(i => First + (ulong)i).ToList();
            foreach (var sector in sectors)
            {
                await scene.World.RegisterAsync(sector, SpecOf(sector), "PC1");
            }

            var left = sectors.ToHashSet();
            while (left.Count > 0)
            {
                await loop.Delay(TimeSpan.FromSeconds(30));
                foreach (var sector in left)
                {
                    if (await FinishIfDoneAsync(scene.World, sector))
                    {
                        left.Remove(sector);
                    }
                }
            }

            Assert.Equal(sectors, scene.Starts.Select(task => task.Sector).Order());
            var groups = scene.Starts.Where(task => task.Lanes is not null).GroupBy(task => task.Lanes.Group).ToList();
            Assert.All(groups, group =>
            {
                Assert.Single(group.Select(task => task.Spec).Distinct());
                Assert.All(group, task => Assert.Equal((uint)group.Count(), task.Lanes.Count));
                Assert.InRange(group.Count(), 2, (int)Lanes);
            });
            Assert.True(groups.Count >= Specs.Length - 1, $"{groups.Count} groups");
            Assert.All(
                scene.Starts.Where(task => task.Spec.SectorSize == 32768 * MiB), task => Assert.Null(task.Lanes));
            await scene.Agent.KillAsync();
        },
        TimeSpan.FromHours(12));

    private static SealSpec SpecOf(ulong sector) => Specs[(int)(sector - First) / InARow];

    /// <summary>An agent takes no further jobs while those that it has are not finished.</summary>
    private static async Task<bool> FinishIfDoneAsync(SimWorld world, ulong sector)
    {
        var report = await world.ReadAsync<ReportRecord>(world.Keys.Report(world.Region, sector));
        if (report?.Phases.Any(phase => phase.State == PhaseState.Done) != true)
        {
            return false;
        }

        var job = await world.Store.RangeAsync(
            new RangeQuery(world.Keys.Job(world.Region, sector)), CancellationToken.None);
        await world.Board.CommitAsync(
            world.Board.Finish(Versioned.From<JobRecord>(job.Entries.Single())), CancellationToken.None);
        return true;
    }
}
