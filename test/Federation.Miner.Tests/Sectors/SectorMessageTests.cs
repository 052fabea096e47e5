using Federation.Chain;
using Federation.Miner.Sectors;

namespace Federation.Miner.Tests.Sectors;

public sealed class SectorMessageTests
{
    [Fact]
    public async Task Chain_RefusesAndForgets_TheSameMessageIsPushedAgain()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.SettleAsync(until: static sector => sector.State == SectorStates.SubmitPreCommitBatch);
        await world.StepAsync(sector);
        var signed = (await world.SectorAsync(sector)).PrecommitMessage;
        Assert.NotEmpty(signed);
        Assert.Empty(world.Chain.Messages);
        world.RestartMiner();
        await world.SettleAsync();
        Assert.Equal(signed, world.Chain.Messages[0].Cid);
        Assert.Equal((2, 1), (world.Chain.Messages.Count, world.Chain.Messages[0].Submissions));
    }

    [Fact]
    public async Task Proof_LostBeforeTheCommit_IsAskedForAgain()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.SettleAsync(until: static sector => sector.State == SectorStates.SubmitCommitAggregate);
        world.Shelf.Discard(sector);
        await world.SettleAsync();
        Assert.Equal(SectorStates.Proving, await world.StateAsync(sector));
        Assert.Equal(1, world.Agents.Sum(static agent => agent.PhasesDone.GetValueOrDefault("C1")));
    }

    [Fact]
    public async Task Commit_FailsOnChain_IsSentAgainAsANewMessage()
    {
        var world = new SectorWorld(seed: 7);
        var failed = false;
        world.Chain.ForceExit = message => message is ProveCommitMessage && !failed && (failed = true)
            ? ExitCode.IllegalState : null;
        var sector = await world.PledgeAsync();
        await world.SettleAsync();
        Assert.Equal(SectorStates.Proving, await world.StateAsync(sector));
        Assert.Equal([ExitCode.Ok, ExitCode.IllegalState, ExitCode.Ok],
            world.Chain.Messages.Select(static message => message.ExitCode));
    }

    [Fact]
    public async Task Commit_ForcedWhileThePreCommitIsSigned_DoesNotPushThePreCommitInItsPlace()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.SettleAsync(until: static sector => sector.SignedMessages.Count > 0);
        await world.ApplyAsync(sector,
            new SectorStep.Move(SectorEvent.ForceState) { Forced = SectorStates.SubmitCommitAggregate });
        world.Shelf.Put(sector, (await world.SectorAsync(sector)).ProofSha256);
        await world.StepAsync(sector);
        var record = await world.SectorAsync(sector);
        Assert.NotEmpty(record.CommitMessage);
        Assert.NotEqual(record.PrecommitMessage, record.CommitMessage);
        Assert.Empty(world.Chain.Messages);
    }
}
