using Federation.Discovery;
using Federation.Discovery.Testing;
using Federation.Miner.Sectors;
using Federation.Proto.Records;
using Federation.Testing;
using Google.Protobuf;

namespace Federation.Miner.Tests.Sectors;

/// <summary>Who waits for what, from what the miner's watches have told it.</summary>
public sealed class SectorWaitsTests
{
    private const uint Order = 3;

    private static readonly FederationKeys Keys = new("t01000");

    private readonly SectorIndex _index = new(Keys);
    private readonly SectorWaits _waits;
    private List<AgentRecord>? _agents = [];

    public SectorWaitsTests() => _waits = new SectorWaits(_index, () => _agents);

    [Fact]
    public void Held_NoWorkerForTheNextPhase_NamesPhaseRegionAgentAndRemedy()
    {
        _agents = [Agent("a1", "eu-1", "AP", "PC1", "PC2", "C1", "FIN"), Agent("a2", "eu-1", "C2")];
        Put(SectorStates.Committing);
        PutJob("a1", "C1", "C2");
        Assert.Null(Wait());

        PutReport(("C1", PhaseState.Running));
        Assert.Null(Wait());

        PutReport(("C1", PhaseState.Done));
        Assert.Equal("no connected worker of region eu-1 runs C2; start one at agent a1 with --commit", Wait());

        PutReport(("C1", PhaseState.Done), ("C2", PhaseState.Running));
        Assert.Null(Wait());
    }

    [Theory]
    [InlineData(PhaseState.Done)]
    [InlineData(PhaseState.Failed)]
    public void Held_MinerSpeaksNext_IsNoWait(PhaseState state)
    {
        _agents = [Agent("a1", "eu-1", "AP")];
        Put(SectorStates.FinalizeSector);
        PutJob("a1", "FIN");
        Assert.Equal("no connected worker of region eu-1 runs FIN; start one at agent a1 with --role APx", Wait());
        PutReport(("FIN", state));
        Assert.Null(Wait());
    }

    [Fact]
    public void Held_ReportOfAnEarlierOrder_SaysNothingOfThisOne()
    {
        _agents = [Agent("a1", "eu-1", "AP")];
        Put(SectorStates.PreCommit2);
        PutJob("a1", "PC2");
        Put(Keys.Report("eu-1", 7), new ReportRecord
        {
            Sector = 7, Order = Order - 1, Phases = { new PhaseReport { Phase = "PC2", State = PhaseState.Done } },
        });
        Assert.Contains("runs PC2", Wait(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PhaseState.Running)]
    [InlineData(PhaseState.Unspecified)]
    public void Held_AgentIsAway_IsToldWhateverRuns(PhaseState state)
    {
        _agents = [Agent("a2", "eu-1", "PC1")];
        Put(SectorStates.PreCommit1);
        PutJob("a1", "PC1", "PC2");
        PutReport(("PC1", state));
        Assert.Contains("agent a1 of region eu-1", Wait(), StringComparison.Ordinal);
        Assert.Contains("start it again", Wait(), StringComparison.Ordinal);
    }

    [Fact]
    public void Offered_ToARegion_WantsAWorkerThere()
    {
        Put(SectorStates.PreCommit2);
        PutJob("", "PC2");
        PutOffer("eu-1", "PC2");
        Assert.Contains("no agent of region eu-1", Wait(), StringComparison.Ordinal);

        _agents = [Agent("a1", "eu-1", "AP"), Agent("b1", "us-1", "PC2")];
        Assert.Equal("no connected worker of region eu-1 runs PC2; start one with --precommit2", Wait());

        _agents.Add(Agent("a2", "eu-1", "PC2"));
        Assert.Null(Wait());
    }

    [Fact]
    public void Offered_ToAll_WantsAWorkerAnywhere()
    {
        Put(SectorStates.Packing);
        PutOffer("", "AP");
        Assert.Contains("no agent is registered", Wait(), StringComparison.Ordinal);

        _agents = [Agent("a1", "eu-1", "PC1"), Agent("b1", "us-1")];
        Assert.Equal("no connected worker of any region runs AP; start one with --addpiece", Wait());

        _agents.Add(Agent("b2", "us-1", "AP"));
        Assert.Null(Wait());
    }

    [Fact]
    public void AnyOther_NothingIsKnownOrNothingIsWanted_IsNoWait()
    {
        Put(SectorStates.Packing);
        Assert.Null(Wait());

        PutOffer("", "AP");
        _agents = null;
        Assert.Null(Wait());

        _agents = [];
        Assert.NotNull(Wait());
        Put(SectorStates.WaitSeed);
        Assert.Null(Wait());
    }

    /// <summary>An order that the miner's watch has not caught up with is not judged.</summary>
    [Fact]
    public void Held_OrderIsNotThePresentOne_IsNoWait()
    {
        _agents = [Agent("a1", "eu-1", "AP")];
        PutJob("a1", "PC2");
        Put(SectorStates.Committing, Order + 1);
        Assert.Null(Wait());
    }

    [Fact]
    public void Loop_WaitLasts_IsLoggedOnceAndWithoutTheRoleNotAtAll()
    {
        var (time, log, isActing) = (new ManualTimeProvider(), new RecordingLog(), false);
        var loop = new WaitLoop(_index, _waits, () => isActing, time, log.For<WaitLoop>());
        Put(SectorStates.Packing);
        PutOffer("", "AP");
        LookFor(minutes: 2);
        Assert.Empty(log.Lines);

        isActing = true;
        LookFor(minutes: 2);
        Assert.StartsWith("sector 7 waits: no agent is registered", Assert.Single(log.Lines).Text, StringComparison.Ordinal);

        _agents = [Agent("a1", "eu-1", "PC1")];
        LookFor(minutes: 2);
        Assert.Equal(2, log.Lines.Length);
        Assert.Contains("start one with --addpiece", log.Lines[1].Text, StringComparison.Ordinal);

        void LookFor(int minutes)
        {
            for (var look = 0; look < minutes * 12; look++)
            {
                loop.Look();
                time.Advance(TimeSpan.FromSeconds(5));
            }
        }
    }

    private string? Wait() => _waits.Of(_index.Sector(7)!);

    private void Put(string state, uint order = Order) =>
        Put(Keys.Sector(7), new SectorRecord { Sector = 7, State = state, Order = order });

    private void PutOffer(string region, params string[] phases) => Put(
        Keys.QueueOf(7), new QueueRecord { Sector = 7, Region = region, Order = OrderOf(phases) });

    private void PutJob(string agent, params string[] phases) => Put(
        Keys.Job("eu-1", 7), new JobRecord { Sector = 7, Agent = agent, Order = OrderOf(phases) });

    private void PutReport(params (string Phase, PhaseState State)[] phases) => Put(
        Keys.Report("eu-1", 7),
        new ReportRecord
        {
            Sector = 7, Order = Order,
            Phases = { phases.Select(static phase => new PhaseReport { Phase = phase.Phase, State = phase.State }) },
        });

    private void Put<T>(string key, T record)
        where T : class, IMessage<T>, new() => _index.Put(new Versioned<T>(key, record, 1, 0, default));

    private static Order OrderOf(string[] phases) => new() { Number = Order, Phases = { phases } };

    private static AgentRecord Agent(string name, string region, params string[] phases) => new()
    {
        Name = name, Region = region, Slots = { phases.ToDictionary(static phase => phase, static _ => 1u) },
    };
}
