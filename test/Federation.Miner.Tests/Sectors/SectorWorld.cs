using Federation.Chain;
using Federation.Chain.Devnet;
using Federation.Chain.Testing;
using Federation.Discovery;
using Federation.Discovery.Jobs;
using Federation.Discovery.Store;
using Federation.Discovery.Testing;
using Federation.Miner.Sectors;
using Federation.Proofs;
using Federation.Proto.Records;
using Federation.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Miner.Tests.Sectors;

/// <summary>A miner's sectors in virtual time: store and chain in memory, agents as the board sees them.</summary>
internal sealed class SectorWorld
{
    public const ulong Miner = 1000;

    private readonly Dictionary<(ulong Sector, uint Order), string> _orders = [];
    private readonly TimeProvider _instant = new InstantTime();
    private SectorDriver _driver;

    public SectorWorld(int seed, ProofKind proofs = ProofKind.Vanilla)
    {
        Random = new Random(seed);
        Store = new InMemoryStore(Time);
        Chain = new FakeChain(
            new DevnetOptions { SeedDelay = 5, TicketLookback = 2, MaxTicketAge = 400, Proofs = proofs }, seed);
        Board = new JobBoard(Store, new FederationKeys("t01000"), _instant, new Random(seed + 4));
        Agents =
        [
            new SimAgent(Store, Board, Shelf, "a1", "east", new Random(seed + 1)),
            new SimAgent(Store, Board, Shelf, "a2", "east", new Random(seed + 2)),
            new SimAgent(Store, Board, Shelf, "b1", "west", new Random(seed + 3)),
        ];
        _driver = NewDriver();
        Chain.Advance(3);
    }

    public Random Random { get; }

    public ManualTimeProvider Time { get; } = new();

    public InMemoryStore Store { get; }

    public FakeChain Chain { get; }

    public FakeShelf Shelf { get; } = new();

    public JobBoard Board { get; }

    /// <summary>False while the miner's watches have told it nothing of jobs.</summary>
    public bool KnowsRegions { get; set; } = true;

    /// <summary>What is logged of the chain being away.</summary>
    public RecordingLog ChainLog { get; } = new();

    public WaitLimits Limits { get; init; } = new();

    public IReadOnlyList<SimAgent> Agents { get; }

    public List<ulong> Numbers { get; } = [];

    public SectorWriter Writer => new(Board, JobChange.None, Time, Random.NextDouble);

    /// <summary>A miner killed and started again: nothing of its memory is left.</summary>
    public void RestartMiner() => _driver = NewDriver();

    public async Task<ulong> PledgeAsync()
    {
        var number = (ulong)Numbers.Count + 1;
        Numbers.Add(number);
        Assert.True(await Writer.CreateAsync(number, SealSpecs.ForNew(SectorShape.FromSize(2048), Miner, Chain.Parameters), default));
        return number;
    }

    /// <summary>One step of a sector; what it throws is what a killed or cut-off miner would leave behind.</summary>
    public async Task<bool> StepAsync(ulong sector)
    {
        try
        {
            return (await _driver.StepAsync(sector, await RegionAsync(sector), default)).Moved;
        }
        catch (Exception error) when (error is StoreUnavailableException or OutcomeUnknownException or KilledException)
        {
            return false;
        }
    }

    /// <summary>One step of a sector, and how long it then waits at most.</summary>
    public async Task<DriveResult> DriveAsync(ulong sector) =>
        await _driver.StepAsync(sector, await RegionAsync(sector), default);

    public async Task<SectorRecord> SectorAsync(ulong sector)
    {
        var read = await Store.RangeAsync(new RangeQuery(Board.Keys.Sector(sector)), default);
        return Versioned.From<SectorRecord>(Assert.Single(read.Entries)).Record;
    }

    public async Task<string> StateAsync(ulong sector) => (await SectorAsync(sector)).State;

    public void Pass(TimeSpan time, int epochs)
    {
        Time.Advance(time);
        Chain.Advance(epochs);
    }

    /// <summary>Everybody does what there is to do until nothing moves any more, time passing in between.</summary>
    public async Task SettleAsync(int rounds = 400, Func<SectorRecord, bool>? until = null)
    {
        for (var round = 0; round < rounds; round++)
        {
            var moved = false;
            foreach (var sector in Numbers)
            {
                moved |= await StepAsync(sector);
            }

            foreach (var agent in Agents)
            {
                moved |= await agent.ActAsync();
            }

            await CheckOrdersAsync();
            var sectors = await Task.WhenAll(Numbers.Select(SectorAsync));
            if (sectors.All(until ?? IsSettled))
            {
                return;
            }

            if (!moved)
            {
                Pass(TimeSpan.FromSeconds(20), 1);
            }
        }
    }

    public static bool IsSettled(SectorRecord sector) =>
        sector.State is SectorStates.Proving or SectorStates.Removed || sector.NeedsOperator;

    /// <summary>An order's number stands for one order for ever, and grows.</summary>
    public async Task CheckOrdersAsync()
    {
        var jobs = await Store.RangeAsync(new RangeQuery(Board.Keys.Jobs, true), default);
        var offers = await Store.RangeAsync(new RangeQuery(Board.Keys.Queue, true), default);
        var orders = jobs.Entries.Select(static entry => Versioned.From<JobRecord>(entry).Record)
            .Select(static job => (job.Sector, job.Order))
            .Concat(offers.Entries.Select(static entry => Versioned.From<QueueRecord>(entry).Record)
                .Select(static offer => (offer.Sector, offer.Order)));
        foreach (var (sector, order) in orders)
        {
            var content = $"{string.Join(',', order.Phases)} {order.Ticket} {order.Seed} {order.CommD} {order.CommR}";
            Assert.Equal(_orders.GetValueOrDefault((sector, order.Number), content), content);
            _orders[(sector, order.Number)] = content;
        }
    }

    /// <summary>Sets how often agents fail.</summary>
    public void FailAll(double rate)
    {
        foreach (var agent in Agents)
        {
            agent.FailureRate = rate;
        }
    }

    /// <summary>Applies what an operator's command would.</summary>
    public async Task ApplyAsync(ulong sector, SectorStep.Move move)
    {
        var region = (await SectorAsync(sector)).Region;
        var view = await new SectorReader(Board).ReadAsync(sector, region, default);
        Assert.True(await Writer.ApplyAsync(view!, move, default));
    }

    public async Task<List<QueueRecord>> OffersAsync()
    {
        var offers = await Store.RangeAsync(new RangeQuery(Board.Keys.Queue, true), default);
        return [.. offers.Entries.Select(static entry => Versioned.From<QueueRecord>(entry).Record)];
    }

    /// <summary>The kinds of a sector's log.</summary>
    public async Task<List<string>> LogAsync(ulong sector)
    {
        var log = await Store.RangeAsync(new RangeQuery(Board.Keys.LogsOf(sector), true), default);
        return [.. log.Entries.Select(static entry => Versioned.From<LogRecord>(entry).Record.Kind)];
    }

    /// <summary>What the miner's watches have told it so far; right after a start that may be nothing.</summary>
    private async Task<string?> RegionAsync(ulong sector)
    {
        if (!KnowsRegions)
        {
            return null;
        }

        var jobs = await Store.RangeAsync(new RangeQuery(Board.Keys.Jobs, true), default);
        return jobs.Entries
            .Select(entry => Board.Keys.TryParseJob(entry.Key, out var region, out var number) && number == sector
                ? region : null)
            .FirstOrDefault(static region => region is not null);
    }

    private SectorDriver NewDriver() => new(
        Board, new SectorReader(Board), Writer, new SectorHandlers(Chain, Shelf, Limits, Time),
        GracePolicy.From(TimeSpan.FromMinutes(2)),
        new Outage("the chain", Time, Random.NextDouble, ChainLog), Time, NullLogger<SectorDriver>.Instance);
}
