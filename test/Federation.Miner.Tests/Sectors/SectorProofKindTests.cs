using Federation.Chain;
using Federation.Miner.Sectors;
using Federation.Proofs;
using Federation.Proto.Records;

namespace Federation.Miner.Tests.Sectors;

/// <summary>What the chain takes decides which phases are ordered, and whose proof is verified and submitted.</summary>
public sealed class SectorProofKindTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Theory]
    [InlineData(ProofKind.Vanilla, "", "AP C1 FIN PC1 PC2")]
    [InlineData(ProofKind.Groth16, "groth16", "AP C1 C2 FIN PC1 PC2")]
    public async Task Sector_EitherKind_ProvesByItsPhases(ProofKind kind, string spec, string phases)
    {
        var world = new SectorWorld(seed: 7, kind);
        var sector = await world.PledgeAsync();
        await world.SettleAsync();

        var record = await world.SectorAsync(sector);
        Assert.Equal(SectorStates.Proving, record.State);
        Assert.Equal(phases, string.Join(' ', record.PhaseSeconds.Keys.Order()));
        Assert.Equal((spec, kind == ProofKind.Groth16), (record.Spec.ProofKind, record.Spec.Devnet));
        Assert.Equal(2, world.Chain.Messages.Count);
        Assert.All(world.Chain.Messages, static message => Assert.Null(message.Refused));
        Assert.Empty(world.Shelf.Held);
    }

    /// <summary>Lotus's InvalidProof: proved again, and nothing of it reaches the chain.</summary>
    [Fact]
    public async Task Committing_ProofDoesNotHold_IsMadeAgainAndNotSubmitted()
    {
        var world = new SectorWorld(seed: 7, ProofKind.Groth16);
        var sector = await world.PledgeAsync();
        var bad = 2;
        foreach (var agent in world.Agents)
        {
            agent.Spoil = report => report.ProofSha256 =
                report.Phase == "C2" && bad-- > 0 ? "bad" + report.ProofSha256[3..] : report.ProofSha256;
        }

        await world.SettleAsync(until: static sector => sector.State == SectorStates.ComputeProofFailed);

        Assert.Contains("the proof of C2 is not valid: the test says so", (await world.SectorAsync(sector)).LastError,
            StringComparison.Ordinal);
        await world.SettleAsync();
        Assert.Equal(SectorStates.Proving, await world.StateAsync(sector));
        Assert.Equal(2, world.Chain.Messages.Count);
        Assert.Equal(3, world.Agents.Sum(static agent => agent.PhasesDone.GetValueOrDefault("C1")));
        Assert.Equal(3, world.Agents.Sum(static agent => agent.PhasesDone.GetValueOrDefault("C2")));
    }

    /// <summary>A verifying key that is not there is the miner's trouble: no sector fails of it.</summary>
    [Fact]
    public async Task Committing_KeyIsMissing_IsToldOnceAndGoesOnWhenItIsThere()
    {
        var world = new SectorWorld(seed: 7, ProofKind.Groth16);
        var sector = await world.PledgeAsync();
        world.Shelf.Trouble = Missing();
        await world.SettleAsync(rounds: 200);

        var waiting = await world.SectorAsync(sector);
        Assert.Equal(
            (SectorStates.Committing, "v28.vk is missing: copy it there", false),
            (waiting.State, waiting.LastError, waiting.NeedsOperator));
        Assert.Empty(waiting.Failures);
        Assert.Single(await world.LogAsync(sector), "event;sealing.SectorProofUnjudged");
        Assert.Empty(world.ChainLog.Lines);

        world.Shelf.Trouble = null;
        Assert.True(await world.StepAsync(sector));
        Assert.Equal("", (await world.SectorAsync(sector)).LastError);
        await world.SettleAsync();
        Assert.Equal(SectorStates.Proving, await world.StateAsync(sector));
        Assert.Equal(1, world.Agents.Sum(static agent => agent.PhasesDone.GetValueOrDefault("C2")));
    }

    [Fact]
    public async Task Committing_KeyIsMissing_IsLookedForLessAndLessOften()
    {
        var world = new SectorWorld(seed: 7, ProofKind.Groth16);
        var sector = await world.PledgeAsync();
        world.Shelf.Trouble = Missing();
        await world.SettleAsync(until: static record => record.LastError.Length > 0);

        List<double?> waits = [];
        for (var look = 0; look < 7; look++)
        {
            waits.Add((await world.DriveAsync(sector)).AtMost?.TotalSeconds);
        }

        Assert.Equal([1, 2, 4, 8, 16, 30, 30], waits);
        world.RestartMiner();
        Assert.Equal(new DriveResult(false, TimeSpan.FromSeconds(1)), await world.DriveAsync(sector));
    }

    /// <summary>A miner that was started anew judges once more what it is about to submit.</summary>
    [Theory]
    [InlineData(SectorStates.SubmitCommitAggregate)]
    [InlineData(SectorStates.CommitFailed)]
    public async Task Submitting_KeyIsMissing_SpendsNoAttempt(string state)
    {
        var world = new SectorWorld(seed: 7, ProofKind.Groth16);
        var sector = await world.PledgeAsync();
        await world.SettleAsync(until: static record => record.State == SectorStates.SubmitCommitAggregate);
        if (state == SectorStates.CommitFailed)
        {
            await world.ApplyAsync(sector, new SectorStep.Move(SectorEvent.CommitFailed, Error: "no block"));
            world.Pass(TimeSpan.FromMinutes(1), 1);
        }

        var before = await world.SectorAsync(sector);
        world.Shelf.Trouble = Missing();
        world.Chain.RefuseProof = _ => world.Shelf.Trouble is { } trouble ? throw trouble : null;
        for (var step = 0; step < 10; step++)
        {
            await world.StepAsync(sector);
        }

        var waiting = await world.SectorAsync(sector);
        Assert.Equal((state, Missing().Message, false), (waiting.State, waiting.LastError, waiting.NeedsOperator));
        Assert.Equal(before.Failures, waiting.Failures);

        world.Shelf.Trouble = null;
        await world.SettleAsync();
        Assert.Equal(SectorStates.Proving, await world.StateAsync(sector));
    }

    /// <summary>A disk that cannot be read is no verdict either, and told as what does not answer.</summary>
    [Fact]
    public async Task Committing_ProofCannotBeRead_WaitsAndGoesOnWhenItCan()
    {
        var world = new SectorWorld(seed: 7, ProofKind.Groth16);
        var sector = await world.PledgeAsync();
        world.Shelf.Trouble = new IOException("input/output error");
        await world.SettleAsync(rounds: 200);

        var waiting = await world.SectorAsync(sector);
        Assert.Equal((SectorStates.Committing, ""), (waiting.State, waiting.LastError));
        Assert.Contains(
            world.ChainLog.Lines,
            static line => line.Exception?.Message.Contains("input/output", StringComparison.Ordinal) is true);

        world.Shelf.Trouble = null;
        await world.SettleAsync();
        Assert.Equal(SectorStates.Proving, await world.StateAsync(sector));
    }

    [Fact]
    public async Task Record_OfAKindThatIsNotKnown_FailsWithTheKindNamed()
    {
        var world = new SectorWorld(seed: 7, ProofKind.Groth16);
        var spec = SealSpecs.ForNew(SectorShape.FromSize(2048), SectorWorld.Miner, world.Chain.Parameters);
        spec.ProofKind = "stark";
        Assert.True(await world.Writer.CreateAsync(1, spec, default));
        world.Numbers.Add(1);

        await world.StepAsync(1);

        var record = await world.SectorAsync(1);
        Assert.Equal(SectorStates.FailedUnrecoverable, record.State);
        Assert.Contains("'stark'", record.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public void Spec_OfANetworkWithoutTestParameters_AllowsNone()
    {
        var chain = new ChainParameters(Day, 1, 1, 1, 1, 1, ProofKind.Groth16, AllowsTestParameters: false);
        var spec = SealSpecs.ForNew(SectorShape.FromSize(2048), SectorWorld.Miner, chain);
        Assert.Equal(("groth16", false), (spec.ProofKind, spec.Devnet));
        Assert.Equal("C1", SealSpecs.ProofPhaseOf(new SealSpec()));
    }

    private static ProofUnjudgedException Missing() => new("v28.vk is missing: copy it there", new IOException());
}
