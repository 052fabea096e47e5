using Federation.MinerAgent.Scheduling;
using Federation.MinerAgent.Workers;
using Federation.Proto.Gates;

namespace Federation.MinerAgent.Upstream;

/// <summary>What an operator sees of this agent's workers and tasks.</summary>
public static class WorkersReport
{
    private const int Running = 0, RetWait = -1, FirstAssigned = 2;

    /// <summary>Collects the answer to one question.</summary>
    public static WorkersReply Collect(ulong id, WorkerPool pool, SealScheduler scheduler, TimeProvider time)
    {
        var workers = pool.Workers();
        var connected = workers.Where(view => view.Connected).Select(view => view.Register.WorkerId)
            .ToHashSet(StringComparer.Ordinal);
        var reply = new WorkersReply { Id = id };
        reply.Workers.AddRange(workers.Select(Snapshot));
        reply.Tasks.AddRange(
            pool.Runs().Select(run => Task(run, pool.HostOf(run.Worker), connected.Contains(run.Worker), time)));
        reply.Tasks.AddRange(scheduler.Waiting().Select((request, position) => new RunningTask
        {
            TaskId = Guid.Empty.ToString(),
            Sector = request.Sector,
            Phase = request.Phase,
            RunWait = FirstAssigned + position,
            Fraction = -1,
        }));
        return reply;
    }

    private static RunningTask Task(PhaseRun run, string host, bool isConnected, TimeProvider time) => new()
    {
        TaskId = run.TaskId.Length > 0 ? run.TaskId : Guid.Empty.ToString(),
        Sector = run.Key.Sector,
        Phase = run.Key.Phase,
        Worker = run.Worker,
        Hostname = host,
        StartedUnixMs = run.Started.ToUnixTimeMilliseconds(),
        ElapsedSeconds = time.GetElapsedTime(run.StartedTimestamp).TotalSeconds,
        Fraction = run.Progress?.Told.Fraction ?? -1,
        Stage = run.Progress?.Told.Stage ?? "",
        PerSecond = run.Progress?.Told.PerSecond ?? 0,
        RemainingSeconds = run.Progress?.RemainingSeconds(time) ?? 0,
        RunWait = isConnected ? Running : RetWait,
    };

    private static WorkerSnapshot Snapshot(WorkerView view)
    {
        var register = view.Register;
        var snapshot = new WorkerSnapshot
        {
            Id = register.WorkerId,
            Hostname = register.Hostname,
            Enabled = true,
            Cpus = register.Cpus,
            MemoryTotal = register.Load?.MemoryTotal ?? 0,
            MemoryUsed = register.Load?.MemoryUsed ?? 0,
            SwapTotal = register.Load?.SwapTotal ?? 0,
            SwapUsed = register.Load?.SwapUsed ?? 0,
            Connected = view.Connected,
            Software = register.Software,
        };
        snapshot.Phases.AddRange(register.Phases);
        snapshot.Slots.Add(register.Phases.ToDictionary(phase => phase, phase => SlotsOf(register, phase)));
        snapshot.Pc1Lanes = LaneOffer.Of(register)?.Count ?? 0;
        return snapshot;
    }

    private static uint SlotsOf(WorkerRegister register, string phase) =>
        phase == TaskCode.PreCommit1 && LaneOffer.Of(register) is { } lanes ? lanes.Count
        : register.Slots.TryGetValue(phase, out var slots) ? slots : 1;
}
