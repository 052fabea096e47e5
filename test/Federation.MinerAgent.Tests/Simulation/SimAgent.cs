using Federation.Discovery.Agents;
using Federation.Discovery.Jobs;
using Federation.MinerAgent.Jobs;
using Federation.MinerAgent.Leasing;
using Federation.MinerAgent.Scheduling;
using Federation.MinerAgent.Workers;
using Federation.Proto.Records;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.MinerAgent.Tests.Simulation;

/// <summary>One life of an agent, without its network.</summary>
internal sealed class SimAgent : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public SimAgent(SimWorld world, string name, SimFiles files, SimOutbox outbox)
    {
        Me = new AgentIdentity(name, world.Region, "repo-" + name);
        Scheduler = new SealScheduler(time: world.Loop.Time);
        var registry = new AgentRegistry(world.Store, world.Keys, world.Loop.Time, world.Random);
        Leases = new LeaseKeeper(world.Store, registry, Describe, new LeaseOptions(), world.Loop.Time, world.Random,
            NullLogger<LeaseKeeper>.Instance);
        Pool = new WorkerPool(Scheduler, new PoolOptions(), world.Loop.Time, NullLogger<WorkerPool>.Instance);
        Jobs = new JobSet(new JobContext
        {
            Board = world.Board,
            Me = Me,
            Leases = Leases,
            Scheduler = Scheduler,
            Pool = Pool,
            Files = files,
            Outbox = outbox,
            Uploader = Uploader,
            Options = new JobOptions(),
            Time = world.Loop.Time,
            Random = world.Random,
            Logger = NullLogger.Instance,
        });
        Leases.Changed += Jobs.WakeAll;
        Scheduler.Changed += Jobs.WakeClaims;
        Scheduler.Changed += Leases.Describe;
        _running = Task.WhenAll(Leases.RunAsync(_stop.Token), Jobs.RunAsync(_stop.Token));
    }

    public AgentIdentity Me { get; }

    public SealScheduler Scheduler { get; }

    public SimUploader Uploader { get; } = new();

    public LeaseKeeper Leases { get; }

    public WorkerPool Pool { get; }

    public JobSet Jobs { get; }

    public bool IsAlive => !_stop.IsCancellationRequested;

    /// <summary>Ends this life. The lease stays in the store until its time is over, as after a kill.</summary>
    public async Task KillAsync()
    {
        _stop.Cancel();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // As asked for.
        }
    }

    public void Dispose() => _stop.Dispose();

    private AgentRecord Describe() => new()
    {
        Version = 1,
        Name = Me.Name,
        Region = Me.Region,
        RepositoryId = Me.RepositoryId,
        Workers = (uint)Scheduler.ConnectedWorkers(),
    };
}
