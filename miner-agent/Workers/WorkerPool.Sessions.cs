using Federation.MinerAgent.Scheduling;
using Federation.Proto.Gates;

namespace Federation.MinerAgent.Workers;

/// <summary>What sessions tell the pool.</summary>
public sealed partial class WorkerPool
{
    /// <summary>
    /// A worker has registered on a channel, on which it has been answered. Runs that it names go on; runs of it that
    /// it does not name are lost; tasks that nobody here knows are judged.
    /// </summary>
    public void Connected(WorkerRegister register, IWorkerChannel channel)
    {
        lock (_gate)
        {
            var member = MemberOf(register.WorkerId);
            member.Channel?.Close("a newer session of this worker took its place");
            (member.Register, member.Channel) = (register, channel);
            member.Claimed.Clear();
            member.Early.Clear();
            foreach (var task in register.Running)
            {
                member.Claimed[TaskKey.Of(task)] = task.TaskId;
            }

            MatchRuns(member);
            scheduler.Connect(CapacityOf(register));
        }

        Log.Connected(logger, register.WorkerId, register.Hostname, register.Running.Count);
        JudgeStrangers(register.WorkerId);
    }

    /// <summary>A channel has ended. Nothing is lost yet: the worker goes on computing.</summary>
    public void Disconnected(string worker, IWorkerChannel channel)
    {
        lock (_gate)
        {
            if (!_members.TryGetValue(worker, out var member) || !ReferenceEquals(member.Channel, channel))
            {
                return;
            }

            member.Channel = null;
            foreach (var run in RunsOf(worker))
            {
                StartGrace(run);
            }

            scheduler.Disconnect(worker);
        }

        Log.Disconnected(logger, worker);
    }

    /// <summary>A worker's result; one that nobody waits for is judged.</summary>
    public void Finished(string worker, TaskResult result)
    {
        TaskKey? stranger = null;
        lock (_gate)
        {
            var member = MemberOf(worker);
            if (RunOf(worker, result.TaskId) is { } run)
            {
                member.Claimed[run.Key] = run.TaskId;
                End(run, new PhaseFinished(result));
            }
            else if (member.Claimed.FirstOrDefault(pair => pair.Value == result.TaskId) is { Value: not null } claimed)
            {
                stranger = claimed.Key;
                member.Early[claimed.Key] = result;
            }
        }

        if (stranger is { } key)
        {
            Pass(worker, key, result.TaskId);
        }
    }

    /// <summary>A worker refuses a task.</summary>
    public void Rejected(string worker, TaskRejected rejected)
    {
        lock (_gate)
        {
            if (RunOf(worker, rejected.TaskId) is { } run)
            {
                End(run, new PhaseLost($"worker {worker} refused it: {rejected.Reason}"));
            }
        }
    }

    /// <summary>How far a run is.</summary>
    public void Progressed(string worker, TaskProgress progress)
    {
        lock (_gate)
        {
            if (HeardProgress.IsValid(progress) && RunOf(worker, progress.TaskId) is { } run)
            {
                run.Progress = new HeardProgress(progress, time.GetTimestamp());
            }
        }
    }

    /// <summary>A worker's load.</summary>
    public void Loaded(string worker, WorkerLoad load)
    {
        lock (_gate)
        {
            if (_members.GetValueOrDefault(worker)?.Register is { } register)
            {
                var next = register.Clone();
                next.Load = load;
                _members[worker].Register = next;
            }
        }
    }

    /// <summary>Judges what connected workers have and nobody waits for; called when jobs were taken up or
    /// ended.</summary>
    public void JudgeStrangers()
    {
        foreach (var view in Workers().Where(view => view.Connected))
        {
            JudgeStrangers(view.Register.WorkerId);
        }
    }

    private void JudgeStrangers(string worker)
    {
        List<(TaskKey Key, string TaskId)> strangers;
        lock (_gate)
        {
            strangers = [.. MemberOf(worker).Claimed
                .Where(pair => !_runs.ContainsKey(pair.Key)).Select(pair => (pair.Key, pair.Value))];
        }

        foreach (var (key, taskId) in strangers)
        {
            Pass(worker, key, taskId);
        }
    }

    /// <summary>Tells a worker what becomes of a task that nobody waits for. Without a judge it keeps it.</summary>
    private void Pass(string worker, TaskKey key, string taskId)
    {
        if (Judge?.Judge(key) is not { } verdict || verdict == StrangerVerdict.Keep)
        {
            return;
        }

        lock (_gate)
        {
            var member = MemberOf(worker);
            if (_runs.ContainsKey(key) || !member.Claimed.Remove(key))
            {
                return;
            }

            member.Early.Remove(key);
            member.Channel?.TrySend(verdict == StrangerVerdict.Accepted
                ? new AgentCommand { Taken = new ResultTaken { TaskId = taskId } }
                : new AgentCommand { Cancel =
                    new CancelTask { TaskId = taskId, Reason = "it is not wanted any more" } });
        }

        Log.Stranger(logger, worker, key.Phase, key.Sector, verdict);
    }

    /// <summary>Runs of a worker that is back: named ones go on under the worker's task id, others are lost.</summary>
    private void MatchRuns(Member member)
    {
        foreach (var run in RunsOf(member.Id))
        {
            if (member.Claimed.TryGetValue(run.Key, out var taskId))
            {
                run.TaskId = taskId;
                run.Grace?.Dispose();
                run.Grace = null;
            }
            else
            {
                End(run, new PhaseLost("its worker came back without it"));
            }
        }
    }

    private List<PhaseRun> RunsOf(string worker) => [.. _runs.Values.Where(run => run.Worker == worker)];

    private PhaseRun? RunOf(string worker, string taskId) =>
        _runs.Values.FirstOrDefault(run => run.Worker == worker && run.TaskId == taskId && taskId.Length > 0);

    private static WorkerCapacity CapacityOf(WorkerRegister register) => new(
        register.WorkerId,
        register.Phases.ToHashSet(StringComparer.Ordinal),
        register.Slots.ToDictionary(StringComparer.Ordinal),
        register.Load?.MemoryTotal ?? 0,
        LaneOffer.Of(register));
}
