using Federation.MinerAgent.Scheduling;
using Federation.Proto.Gates;
using Microsoft.Extensions.Logging;

namespace Federation.MinerAgent.Workers;

/// <summary>
/// The workers of this agent and what they run. A run survives a broken connection: the worker goes on computing and
/// names the run when it is back. Thread-safe. The scheduler is told under the lock, so that it never hears of two
/// sessions in another order than the pool; it never calls back into the pool.
/// </summary>
public sealed partial class WorkerPool(
    SealScheduler scheduler, PoolOptions options, TimeProvider time, ILogger<WorkerPool> logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Member> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<TaskKey, PhaseRun> _runs = [];

    /// <summary>Who decides about tasks that nobody waits for; until it is set they are left alone.</summary>
    public IStrangerJudge? Judge { get; set; }

    /// <summary>Starts an attempt on the worker that the slot belongs to.</summary>
    public PhaseRun Start(SlotLease slot, Assign assign)
    {
        PhaseRun run;
        lock (_gate)
        {
            run = Add(TaskKey.Of(assign), assign.TaskId, slot);
            var sent = MemberOf(slot.Worker).Channel?.TrySend(new AgentCommand { Assign = assign }) == true;
            if (!sent)
            {
                StartGrace(run);
            }
        }

        return run;
    }

    /// <summary>
    /// Waits for a run of an earlier life of this agent: the worker is expected to come back and name it. Where it
    /// has done so already, the run goes on at once.
    /// </summary>
    public PhaseRun Expect(TaskKey key, string worker, PhaseRequest request)
    {
        lock (_gate)
        {
            var member = MemberOf(worker);
            var known = member.Claimed.GetValueOrDefault(key);
            var run = Add(key, known ?? "", scheduler.Occupy(worker, request));
            if (member.Early.Remove(key, out var result))
            {
                run.TaskId = result.TaskId;
                End(run, new PhaseFinished(result));
            }
            else if (member.Channel is null)
            {
                StartGrace(run);
            }
            else if (known is null)
            {
                End(run, new PhaseLost("the worker is connected and does not run it"));
            }

            return run;
        }
    }

    /// <summary>Stops a run: the worker is told, its slot is free. Idempotent.</summary>
    public void Cancel(PhaseRun run, string reason)
    {
        lock (_gate)
        {
            Tell(run, new AgentCommand { Cancel = new CancelTask { TaskId = run.TaskId, Reason = reason } });
            End(run, new PhaseLost(reason));
        }
    }

    /// <summary>Tells the worker that its result has been accepted, or is not wanted any more, and may be
    /// forgotten.</summary>
    public void Release(PhaseRun run)
    {
        lock (_gate)
        {
            Tell(run, new AgentCommand { Taken = new ResultTaken { TaskId = run.TaskId } });
        }
    }

    /// <summary>The workers known, by id.</summary>
    public IReadOnlyList<WorkerView> Workers()
    {
        lock (_gate)
        {
            return [.. _members.Values.Where(member => member.Register is not null)
                .OrderBy(member => member.Id, StringComparer.Ordinal)
                .Select(member => new WorkerView(member.Register!, member.Channel is not null))];
        }
    }

    /// <summary>What runs.</summary>
    public IReadOnlyList<PhaseRun> Runs()
    {
        lock (_gate)
        {
            return [.. _runs.Values];
        }
    }

    /// <summary>A worker's host name; empty when it has not registered with this life of the agent.</summary>
    public string HostOf(string worker)
    {
        lock (_gate)
        {
            return _members.GetValueOrDefault(worker)?.Register?.Hostname ?? "";
        }
    }

    private PhaseRun Add(TaskKey key, string taskId, SlotLease slot)
    {
        var run = new PhaseRun(key, taskId, slot, time.GetTimestamp(), time.GetUtcNow());
        _runs.Add(key, run);
        return run;
    }

    private void Tell(PhaseRun run, AgentCommand command)
    {
        if (run.TaskId.Length > 0)
        {
            MemberOf(run.Worker).Claimed.Remove(run.Key);
            MemberOf(run.Worker).Channel?.TrySend(command);
        }
    }

    private void End(PhaseRun run, PhaseEnd end)
    {
        if (ReferenceEquals(_runs.GetValueOrDefault(run.Key), run))
        {
            _runs.Remove(run.Key);
        }

        run.Grace?.Dispose();
        run.Grace = null;
        run.End(end);
    }

    /// <summary>The timer ends the run unless the worker comes back before it fires.</summary>
    private void StartGrace(PhaseRun run)
    {
        var grace = options.GraceOf(run.Key.Phase);
        run.Grace?.Dispose();
        var timer = new CancellationTokenSource(grace, time);
        run.Grace = timer;
        timer.Token.Register(() => GraceOver(run, timer, grace));
    }

    /// <summary>A timer that fired while its worker was coming back has nothing to say any more.</summary>
    private void GraceOver(PhaseRun run, CancellationTokenSource timer, TimeSpan grace)
    {
        lock (_gate)
        {
            if (ReferenceEquals(run.Grace, timer))
            {
                End(run, new PhaseLost($"its worker did not come back within {grace.TotalSeconds:0} s"));
            }
        }
    }

    private Member MemberOf(string worker)
    {
        if (!_members.TryGetValue(worker, out var member))
        {
            _members.Add(worker, member = new Member(worker));
        }

        return member;
    }

    private sealed class Member(string id)
    {
        public string Id { get; } = id;

        public WorkerRegister? Register { get; set; }

        public IWorkerChannel? Channel { get; set; }

        /// <summary>Tasks that the worker has, by what they are.</summary>
        public Dictionary<TaskKey, string> Claimed { get; } = [];

        /// <summary>Results that came before anyone waited for them, of undecided tasks.</summary>
        public Dictionary<TaskKey, TaskResult> Early { get; } = [];
    }
}
