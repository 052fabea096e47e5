using Federation.Discovery;
using Federation.Discovery.Jobs;
using Federation.Discovery.Store;
using Federation.Discovery.Testing;
using Federation.Proto.Records;

namespace Federation.MinerAgent.Tests.Simulation;

/// <summary>Store, board and the miner's side of one simulated federation, and the history of what was
/// accepted.</summary>
internal sealed class SimWorld
{
    private static readonly string[][] Orders = [["AP"], ["PC1", "PC2"], ["C1", "C2"], ["FIN"]];

    public SimWorld(SimLoop loop, int seed)
    {
        Loop = loop;
        Random = new Random(seed);
        Store = new InMemoryStore(loop.Time);
        Board = new JobBoard(Store, Keys, loop.Time, Random);
    }

    public SimLoop Loop { get; }

    public Random Random { get; }

    public InMemoryStore Store { get; }

    public FederationKeys Keys { get; } = new("t01000");

    public JobBoard Board { get; }

    public string Region { get; } = "east";

    /// <summary>Attempts that were ever DONE, with the revision that accepted them first.</summary>
    public Dictionary<(ulong Sector, uint Order, string Phase), (string Attempt, long Revision)> Accepted { get; } = [];

    /// <summary>Sectors whose last phase was accepted and whose job is gone.</summary>
    public int Finished
    {
        get
        {
            var open = KeysUnder(Keys.Jobs).Concat(KeysUnder(Keys.Queue))
                .Select(key => key[(key.LastIndexOf('/') + 1)..]);
            return Accepted.Keys.Where(key => key.Phase == "FIN").Select(key => $"{key.Sector}").Distinct().Except(open)
                .Count();
        }
    }

    public Task RegisterAsync(ulong sector, params string[] phases) =>
        RegisterAsync(sector, new SealSpec { SealProof = 5, SectorSize = 2048, Miner = 1000 }, phases);

    public Task RegisterAsync(ulong sector, SealSpec spec, params string[] phases) => Board.CommitAsync(
        Board.Register(new QueueRecord
        {
            Sector = sector,
            Spec = spec,
            Order = new Order { Number = 1, Phases = { phases.Length > 0 ? phases : Orders[0] } },
        }),
        CancellationToken.None);

    /// <summary>Follows the reports and checks that what is DONE once is DONE for ever, with the same
    /// attempt.</summary>
    public async Task WatchHistoryAsync(CancellationToken stop)
    {
        await foreach (var batch in Store.WatchAsync(new WatchQuery(Keys.Reports, true, 1), stop))
        {
            foreach (var change in batch.Changes.Where(change => !change.IsDelete))
            {
                Remember(Versioned.From<ReportRecord>(change.Entry));
            }
        }
    }

    /// <summary>
    /// Plays the miner: gives the next order when one is done, the same again when it failed, finishes the last, and
    /// offers again what lost its agent for longer than the grace time.
    /// </summary>
    public async Task PlayMinerAsync(TimeSpan grace, CancellationToken stop)
    {
        Dictionary<ulong, TimeSpan> orphaned = [];
        for (var now = TimeSpan.Zero; ; now += TimeSpan.FromSeconds(1))
        {
            await Loop.Delay(TimeSpan.FromSeconds(1), stop);
            try
            {
                await MinerStepAsync(now, grace, orphaned, stop);
            }
            catch (IOException)
            {
                // The store is away, or the outcome shows next time.
            }
        }
    }

    public async Task<T?> ReadAsync<T>(string key)
        where T : class, Google.Protobuf.IMessage<T>, new()
    {
        var read = await Store.RangeAsync(new RangeQuery(key), CancellationToken.None);
        return read.Entries.Count == 0 ? null : Versioned.From<T>(read.Entries[0]).Record;
    }

    private IEnumerable<string> KeysUnder(string prefix)
    {
        var cutOff = Store.IsCutOff;
        Store.IsCutOff = false;
        var read = Store.RangeAsync(new RangeQuery(prefix, true, KeysOnly: true), CancellationToken.None);
        Store.IsCutOff = cutOff;
        return read.GetAwaiter().GetResult().Entries.Select(entry => entry.Key);
    }

    private void Remember(Versioned<ReportRecord> report)
    {
        foreach (var phase in report.Record.Phases.Where(phase => phase.State == PhaseState.Done))
        {
            var key = (report.Record.Sector, report.Record.Order, phase.Phase);
            if (!Accepted.TryAdd(key, (phase.Attempt, report.ModRevision)))
            {
                Assert.True(Accepted[key].Attempt == phase.Attempt, $"{key} was accepted twice");
            }
        }
    }

    private async Task MinerStepAsync(
        TimeSpan now, TimeSpan grace, Dictionary<ulong, TimeSpan> orphaned, CancellationToken stop)
    {
        var jobs = await Store.RangeAsync(new RangeQuery(Keys.Jobs, true), stop);
        foreach (var job in jobs.Entries.Select(Versioned.From<JobRecord>).Where(job => job.Record.Agent.Length > 0))
        {
            var sector = job.Record.Sector;
            var claims = await Store.RangeAsync(new RangeQuery(Keys.Claim(sector)), stop);
            if (claims.Entries.Count > 0)
            {
                orphaned.Remove(sector);
            }
            else if (now - orphaned.GetValueOrDefault(sector, Add(orphaned, sector, now)) > grace)
            {
                await Board.CommitAsync(Board.Reoffer(job), stop);
                continue;
            }

            if (await NextAsync(job) is { } change)
            {
                await Board.CommitAsync(change, stop);
            }
        }
    }

    private static TimeSpan Add(Dictionary<ulong, TimeSpan> orphaned, ulong sector, TimeSpan now)
    {
        orphaned.TryAdd(sector, now);
        return orphaned[sector];
    }

    private async Task<JobChange?> NextAsync(Versioned<JobRecord> job)
    {
        var order = job.Record.Order;
        var report = await ReadAsync<ReportRecord>(Keys.Report(Region, job.Record.Sector));
        if (report is null || report.Order != order.Number)
        {
            return null;
        }

        var next = new Order { Number = order.Number + 1, Phases = { order.Phases } };
        if (report.Phases.Any(phase => phase.State == PhaseState.Failed))
        {
            return Board.GiveOrder(job, next);
        }

        if (report.Phases.Count(phase => phase.State == PhaseState.Done) < order.Phases.Count)
        {
            return null;
        }

        var stage = Array.FindIndex(Orders, phases => phases.SequenceEqual(order.Phases));
        if (stage < 0 || stage == Orders.Length - 1)
        {
            return Board.Finish(job);
        }

        next.Phases.Clear();
        next.Phases.AddRange(Orders[stage + 1]);
        return Board.GiveOrder(job, next);
    }
}
