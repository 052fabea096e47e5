using Federation.Chain;
using Federation.Discovery.Testing;
using Federation.Miner.Sectors;

namespace Federation.Miner.Tests.Sectors;

/// <summary>Random histories: whatever happens on the way, every sector ends well or says why not.</summary>
public sealed class SectorPropertyTests
{
    private const int Steps = 12_000;

    public static TheoryData<int> Seeds => [1, 2, 3, 4];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Sectors_RandomFaultsOfStoreAgentsAndMiner_ProveWithOneMessageOfEachKind(int seed)
    {
        var world = new SectorWorld(seed, KindOf(seed));
        var random = world.Random;
        world.Store.OnTxn = _ => random.NextDouble() < 0.04 ? (TxnFault)random.Next(1, 4) : TxnFault.None;
        world.Chain.BeforeCall = _ => Throw(random, 0.02, new IOException("the chain is away (test)"));
        world.Chain.AfterPush = () => Throw(random, 0.2, new KilledException());
        await RunAsync(world, Steps / 4, failureRate: 0);
        Heal(world);
        await world.SettleAsync(3_000);

        Assert.Equal(12, world.Numbers.Count);
        foreach (var number in world.Numbers)
        {
            var sector = await world.SectorAsync(number);
            Assert.True(sector.State == SectorStates.Proving, $"seed {seed}: sector {number} is {sector}");
            var messages = world.Chain.Messages.Where(message => message.Sector == number).ToArray();
            Assert.True(messages.Length == 2, $"seed {seed}: sector {number} has {messages.Length} messages");
            Assert.All(messages, static message =>
                Assert.Equal((null, ExitCode.Ok), (message.Refused, message.ExitCode)));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Sectors_PhasesProofsAndMessagesFailToo_EndProvingOrFailedWithACause(int seed)
    {
        var world = new SectorWorld(seed + 1000, KindOf(seed));
        var random = world.Random;
        world.Store.OnTxn = _ => random.NextDouble() < 0.02 ? (TxnFault)random.Next(1, 4) : TxnFault.None;
        world.Chain.BeforeCall = _ => Throw(random, 0.02, new IOException("the chain is away (test)"));
        world.Chain.AfterPush = () => Throw(random, 0.2, new KilledException());
        world.Chain.ForceExit = _ => random.NextDouble() < 0.15 ? ExitCode.IllegalState : null;
        world.Chain.RefuseProof = static commit => FakeShelf.IsBad(commit.ProofSha256) ? "invalid" : null;
        await RunAsync(world, Steps, failureRate: 0.1);
        Heal(world);
        await world.SettleAsync(3_000);

        Assert.Equal(12, world.Numbers.Count);
        foreach (var number in world.Numbers)
        {
            var sector = await world.SectorAsync(number);
            Assert.True(SectorWorld.IsSettled(sector), $"seed {seed}: sector {number} is {sector}");
            Assert.True(
                sector.State == SectorStates.Proving
                    || sector.LastError.Length > 0, $"seed {seed}: no cause in {sector}");
            var good = world.Chain.Messages.Where(message =>
                message.Sector == number && message.Epoch is not null && message.ExitCode == ExitCode.Ok).ToArray();
            Assert.True(good.Length <= 2, $"seed {seed}: sector {number} has {good.Length} messages that succeeded");
        }
    }

    private static ProofKind KindOf(int seed) => seed % 2 == 0 ? ProofKind.Vanilla : ProofKind.Groth16;

    private static async Task RunAsync(SectorWorld world, int steps, double failureRate)
    {
        foreach (var agent in world.Agents)
        {
            agent.FailureRate = failureRate;
        }

        var (store, chain) = (world.Store.OnTxn, world.Chain.BeforeCall);
        for (var step = 0; step < steps; step++)
        {
            var random = world.Random;
            (world.Store.OnTxn, world.Chain.BeforeCall) = (store, chain);
            switch (random.Next(100))
            {
                case < 50 when world.Numbers.Count > 0:
                    world.KnowsRegions = random.Next(4) > 0;
                    await world.StepAsync(world.Numbers[random.Next(world.Numbers.Count)]);
                    break;
                case < 85:
                    (world.Store.OnTxn, world.Chain.BeforeCall) = (null, null);
                    await world.Agents[random.Next(world.Agents.Count)].ActAsync();
                    break;
                case < 93:
                    world.Pass(TimeSpan.FromSeconds(random.Next(1, 40)), random.Next(3));
                    break;
                case < 95:
                    world.RestartMiner();
                    break;
                case < 96:
                    world.Agents[random.Next(world.Agents.Count)].Die();
                    break;
                case < 97 when world.Shelf.Held.Count > 0:
                    world.Shelf.Discard(world.Shelf.Held.First());
                    break;
                case < 98 when world.Numbers.Count < 12:
                    (world.Store.OnTxn, world.Chain.BeforeCall) = (null, null);
                    await world.PledgeAsync();
                    break;
            }

            await world.CheckOrdersAsync();
        }
    }

    private static void Heal(SectorWorld world)
    {
        (world.Store.OnTxn, world.Chain.BeforeCall, world.Chain.AfterPush, world.Chain.ForceExit) =
            (null, null, null, null);
        foreach (var agent in world.Agents)
        {
            agent.FailureRate = 0;
        }
    }

    private static void Throw(Random random, double chance, Exception error)
    {
        if (random.NextDouble() < chance)
        {
            throw error;
        }
    }
}
