using Federation.Hosting.Waits;
using Federation.Miner.Sectors;
using Federation.Proto.Gates;

namespace Federation.Miner.Api;

// Agents and their workers.
internal sealed partial class OperatorApi
{
    private const int Running = 0, FirstAssigned = 2;

    private IReadOnlyList<AgentSummary> Agents() =>
    [
        .. registered.All.Select(agent => new AgentSummary(
            agent.Name, agent.Region, agent.Workers, new Dictionary<string, uint>(agent.Slots), agent.MaxClaims,
            agent.Draining, agents.IsAttached(agent.Name), SectorLogText.Name(agent.Software),
            SectorLogText.Name(agent.ServeAddress))),
    ];

    private async Task<IReadOnlyDictionary<string, WorkerStats>> WorkerStatsAsync(CancellationToken stop)
    {
        var stats = new SortedDictionary<string, WorkerStats>(StringComparer.Ordinal);
        foreach (var (agent, reply) in await agents.WorkersAsync(stop))
        {
            foreach (var worker in reply.Workers)
            {
                stats[worker.Id] = Stats(
                    agent, worker, [.. reply.Tasks.Where(task => task.Worker == worker.Id && task.RunWait == Running)]);
            }
        }

        return stats;
    }

    private static WorkerStats Stats(AgentHello agent, WorkerSnapshot worker, IReadOnlyList<RunningTask> running) =>
        new(
        new WorkerInfo(SectorLogText.Cut(worker.Hostname), false, new WorkerResources(
            worker.MemoryTotal, worker.MemoryUsed, worker.SwapTotal, worker.SwapUsed, worker.Cpus, [], null)),
        [.. worker.Phases.Select(TaskNames.Long)],
        worker.Enabled && worker.Connected,
        0, 0, 0,
        Math.Min((ulong)running.Count, worker.Cpus),
        running.GroupBy(static task => task.Phase).ToDictionary(
            static group => TaskNames.Long(group.Key), static group => group.Count()),
        agent.Name, agent.Region,
        worker.Slots.ToDictionary(static slot => TaskNames.Long(slot.Key), static slot => slot.Value),
        worker.Pc1Lanes);

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<WorkerJob>>> WorkerJobsAsync(CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var jobs = new SortedDictionary<string, IReadOnlyList<WorkerJob>>(StringComparer.Ordinal);
        // What waits for a worker has none yet, in each region: such tasks of all agents stand together.
        var tasks = (await agents.WorkersAsync(stop)).SelectMany(
            static answer => answer.Reply.Tasks.Select(task => (Task: task, Wait: WaitOf(task, answer))));
        foreach (var worker in tasks.GroupBy(static task => task.Task.Worker))
        {
            jobs[worker.Key] = [.. worker.Select(task => Job(task.Task, now) with { Wait = task.Wait })];
        }

        return jobs;
    }

    /// <summary>Why a task that waits for a worker waits in vain; null where it does not.</summary>
    private static string? WaitOf(RunningTask task, (AgentHello Agent, WorkersReply Reply) answer) =>
        task.RunWait >= FirstAssigned
        && !answer.Reply.Workers.Any(worker => worker.Connected && worker.Phases.Contains(task.Phase))
            ? WaitReason.NoWorker(
                SectorLogText.Name(task.Phase), SectorLogText.Name(answer.Agent.Region),
                SectorLogText.Name(answer.Agent.Name))
            : null;

    /// <summary>The start is told by what has passed since, not by the agent's clock.</summary>
    private WorkerJob Job(RunningTask task, DateTimeOffset now)
    {
        var sector = new SectorId(parts.Actor.Id, task.Sector);
        return new WorkerJob(
            new CallId(sector, task.TaskId), sector, TaskNames.Long(task.Phase), task.RunWait,
            now - TimeSpan.FromSeconds(Math.Clamp(task.ElapsedSeconds, 0, 1e9)), SectorLogText.Cut(task.Hostname),
            ProgressOf(task));
    }

    /// <summary>Null while the worker has told nothing, or what no phase says.</summary>
    private static JobProgress? ProgressOf(RunningTask task) =>
        task.Stage.Length > 0 && task.Fraction is >= 0 and <= 1
        && task.PerSecond is >= 0 and < 1e9 && task.RemainingSeconds is >= 0 and < 1e9
            ? new JobProgress(
                SectorLogText.Name(task.Stage), Math.Round(task.Fraction * 100, 2), task.PerSecond * 100,
                task.RemainingSeconds > 0 ? Math.Round(task.RemainingSeconds, 1) : null)
            : null;

    private async Task<MinerInfo> InfoAsync(CancellationToken stop)
    {
        var workers = await agents.WorkersAsync(stop);
        await IsListedAsync(stop);
        return new MinerInfo(
            parts.Actor.Actor, parts.Actor.SectorSize, _started, (time.GetUtcNow() - _started).TotalSeconds,
            parts.Chain.Statistics().Epoch, role.Term, parts.Store.Endpoints, registered.All.Count,
            workers.Sum(static answer => answer.Reply.Workers.Count(static worker => worker.Connected)), Summary());
    }
}
