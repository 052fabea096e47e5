using Federation.MinerAgent.Tests.Simulation;

namespace Federation.MinerAgent.Tests.Jobs;

/// <summary>
/// Whatever breaks, and whenever: each phase is accepted once under an order, never started after that, its files
/// are the accepted attempt's, and no other attempt's folder stays.
/// </summary>
public sealed class JobSetProperties
{
    private const ulong Sectors = 6;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 16)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void RunAsync_ThingsBreakAtRandom_EveryPhaseIsAcceptedOnceAndNothingIsLeft(int seed) => SimLoop.Run(
        async loop =>
        {
            var federation = new SimFederation(loop, seed);
            var running = federation.RunAsync(Sectors, TimeSpan.FromMinutes(30));
            await Task.WhenAny(running, loop.Delay(TimeSpan.FromHours(5)));
            Assert.True(running.IsCompleted,
                $"seed {seed}: it did not come to rest:\n{await federation.DescribeAsync()}");
            await running;
            var accepted = federation.World.Accepted;

            foreach (var (task, revision) in federation.Starts)
            {
                var key = (task.Sector, task.Order, task.Phase);
                Assert.True(
                    !accepted.TryGetValue(key, out var done) || revision < done.Revision,
                    $"seed {seed}: {key} was started at revision {revision}, after its acceptance at {done.Revision}");
            }

            Assert.Equal((int)Sectors, federation.World.Finished);
            // FIN works in place and has nothing to rename: with its acceptance the miner may delete the job at once.
            Assert.All(accepted.Where(pair => pair.Key.Phase != "FIN"), pair =>
                Assert.Equal(pair.Value.Attempt, federation.Files.Published[pair.Key].ToString()));
            Assert.Empty(federation.Files.Attempts);
            Assert.All(federation.Outboxes, outbox => Assert.Empty(outbox.Entries));
            Assert.All(federation.Workers, worker => Assert.Equal(0, worker.KeptResults + worker.Running.Count()));
        },
        TimeSpan.FromHours(6));

    /// <summary>What a seed found once it finds again: the machine has no part in a run.</summary>
    [Fact]
    public void RunAsync_SameSeedTwice_IsTheSameRun() => Assert.Equal(StartsOf(seed: 3), StartsOf(seed: 3));

    private static List<(ulong Sector, uint Order, string Phase, string Attempt, long Revision)> StartsOf(int seed)
    {
        SimFederation? federation = null;
        SimLoop.Run(
            loop => (federation = new SimFederation(loop, seed)).RunAsync(Sectors, TimeSpan.FromMinutes(30)),
            TimeSpan.FromHours(6));
        return
        [
            .. federation!.Starts.Select(
                start => (start.Task.Sector, start.Task.Order, start.Task.Phase, start.Task.Attempt, start.Revision)),
        ];
    }
}
