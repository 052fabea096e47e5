using Federation.Discovery;
using Federation.Discovery.Store;
using Federation.Proto.Gates;
using Federation.Proto.Records;

namespace Federation.MinerAgent.Tests.Simulation;

/// <summary>One agent with one worker and sector 7; no miner, so an order stays as the test gave it.</summary>
internal sealed class SimScene : IDisposable
{
    public SimScene(SimLoop loop)
    {
        Loop = loop;
        World = new SimWorld(loop, 1);
        Agent = new SimAgent(World, "a", Files, Outbox);
        Worker = NewWorker("w1");
    }

    public SimLoop Loop { get; }

    public SimWorld World { get; }

    public SimFiles Files { get; } = new();

    public SimOutbox Outbox { get; } = new();

    public SimAgent Agent { get; private set; }

    public SimWorker Worker { get; }

    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(1);

    public List<Assign> Starts { get; } = [];

    public SimWorker NewWorker(string id) =>
        new(Loop, Files, id, _ => Duration) { Started = (_, task) => Starts.Add(task) };

    /// <summary>A new life of the agent on the same disk.</summary>
    public void StartAgent()
    {
        Agent.Dispose();
        Agent = new SimAgent(World, "a", Files, Outbox);
    }

    public void Dispose() => Agent.Dispose();

    /// <summary>Waits until a phase of the order, the named or any, is reported so.</summary>
    public async Task<PhaseReport> AwaitAsync(PhaseState state, string? name = null)
    {
        while (true)
        {
            var report = await World.ReadAsync<ReportRecord>(World.Keys.Report(World.Region, 7));
            if (report?.Phases.FirstOrDefault(phase => phase.State == state && (name ?? phase.Phase) == phase.Phase) is { } phase)
            {
                await Loop.Delay(TimeSpan.FromSeconds(5));
                return phase;
            }

            await Loop.Delay(TimeSpan.FromSeconds(1));
        }
    }

    public async Task<Versioned<JobRecord>> JobAsync()
    {
        var read = await World.Store.RangeAsync(
            new RangeQuery(World.Keys.Job(World.Region, 7)), CancellationToken.None);
        return Versioned.From<JobRecord>(read.Entries.Single());
    }

    /// <summary>Writes into the store whatever the test wants there.</summary>
    public Task WriteAsync(StoreOp op) => World.Store.TxnAsync(new StoreTxn([], [op], []), CancellationToken.None);

    /// <summary>Changes the job's record as the miner does.</summary>
    public async Task ChangeAsync(Action<JobRecord> change)
    {
        var job = await JobAsync();
        var next = job.Record.Clone();
        change(next);
        await World.Store.TxnAsync(new StoreTxn([job.Unchanged], [job.Put(next)], []), CancellationToken.None);
    }
}
