using Federation.MinerAgent.Scheduling;
using Federation.MinerAgent.Workers;
using Federation.Proto.Gates;
using Federation.Proto.Records;

namespace Federation.MinerAgent.Tests.Simulation;

/// <summary>A worker that computes by waiting. Its results outlive its process; what it was computing does
/// not.</summary>
internal sealed class SimWorker(SimLoop loop, SimFiles files, string id, Func<Assign, TimeSpan> duration)
{
    private readonly Dictionary<string, Assign> _running = [];
    private readonly Dictionary<string, (Assign Task, TaskResult Result)> _results = [];
    private readonly Dictionary<string, CancellationTokenSource> _cancels = [];
    private Channel? _channel;
    private SimAgent? _agent;

    public string Id => id;

    /// <summary>Told of every start.</summary>
    public Action<SimWorker, Assign>? Started { get; set; }

    /// <summary>Decides a task's result; null for a good one.</summary>
    public Func<Assign, TaskResult?> Outcome { get; set; } = _ => null;

    /// <summary>What it runs.</summary>
    public IReadOnlyList<string> Phases { get; set; } = TaskCode.All;

    /// <summary>PC1 in lockstep; null = not offered.</summary>
    public LaneOffer? Lanes { get; set; }

    public bool IsAlive { get; private set; } = true;

    public IEnumerable<Assign> Running => _running.Values;

    public int KeptResults => _results.Count;

    public void Connect(SimAgent agent)
    {
        Disconnect();
        if (!IsAlive || !agent.IsAlive || !agent.Jobs.Ready.IsCompleted)
        {
            return;
        }

        _agent = agent;
        _channel = new Channel(this, loop);
        agent.Pool.Connected(Registration(), _channel);
        foreach (var (_, result) in _results.Values.ToList())
        {
            agent.Pool.Finished(id, result);
        }
    }

    public void Disconnect()
    {
        if (_agent is { } agent && _channel is { } channel)
        {
            (_agent, _channel) = (null, null);
            channel.IsOpen = false;
            agent.Pool.Disconnected(id, channel);
        }
    }

    public bool IsConnectedTo(SimAgent agent) => ReferenceEquals(_agent, agent) && _channel is { IsOpen: true };

    public void Kill()
    {
        IsAlive = false;
        Disconnect();
        foreach (var cancel in _cancels.Values)
        {
            cancel.Cancel();
        }

        _cancels.Clear();
        _running.Clear();
    }

    public void Restart() => IsAlive = true;

    private WorkerRegister Registration()
    {
        var register = new WorkerRegister { WorkerId = id, Session = Guid.NewGuid().ToString(), Hostname = "host-"
            + id };
        register.Phases.AddRange(Phases);
        register.Slots.Add(TaskCode.AddPiece, 2);
        register.Slots.Add(TaskCode.PreCommit1, 2);
        (register.Pc1Lanes, register.Pc1LanesMemory) = (Lanes?.Count ?? 0, Lanes?.MemoryBytes ?? 0);
        register.Running.AddRange(_running.Values.Select(task => Ref(task, false)));
        register.Running.AddRange(_results.Values.Select(pair => Ref(pair.Task, true)));
        return register;
    }

    private static RunningTaskRef Ref(Assign task, bool finished) => new()
    {
        TaskId = task.TaskId,
        Sector = task.Sector,
        Epoch = task.Epoch,
        Order = task.Order,
        Phase = task.Phase,
        Attempt = task.Attempt,
        Finished = finished,
    };

    private void Receive(AgentCommand command)
    {
        switch (command.KindCase)
        {
            case AgentCommand.KindOneofCase.Assign:
                _ = ComputeAsync(command.Assign);
                break;
            case AgentCommand.KindOneofCase.Cancel:
                Drop(command.Cancel.TaskId, removeFolder: true);
                break;
            case AgentCommand.KindOneofCase.Taken:
                _results.Remove(command.Taken.TaskId);
                break;
        }
    }

    private void Drop(string taskId, bool removeFolder)
    {
        var task = _running.GetValueOrDefault(taskId) ?? (
            _results.TryGetValue(taskId, out var kept) ? kept.Task : null);
        _running.Remove(taskId);
        _results.Remove(taskId);
        if (_cancels.Remove(taskId, out var cancel))
        {
            cancel.Cancel();
        }

        if (task is not null && removeFolder)
        {
            files.Remove(task.Sector, task.Phase, task.Attempt);
        }
    }

    private async Task ComputeAsync(Assign task)
    {
        _running.Add(task.TaskId, task);
        using var cancel = new CancellationTokenSource();
        _cancels.Add(task.TaskId, cancel);
        Started?.Invoke(this, task);
        try
        {
            await loop.Delay(duration(task), cancel.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        _running.Remove(task.TaskId);
        _cancels.Remove(task.TaskId);
        var result = Outcome(task) ?? (files.Complete(task.Sector, task.Phase, task.Attempt)
            ? Good(task)
            : new TaskResult { Failure = FailureKind.Temporary, Error = "the attempt's folder is gone" });
        result.TaskId = task.TaskId;
        _results.Add(task.TaskId, (task, result));
        _agent?.Pool.Finished(id, result);
    }

    private static TaskResult Good(Assign task) => new()
    {
        Ok = true,
        Seconds = 1,
        Pieces = { new Piece { Size = 2048, Cid = "baga" } },
        CommD = new string('d', 64),
        CommR = new string('a', 64),
        ProofSha256 = new string('c', 64),
        ProofBytes = 100,
        TaskId = task.TaskId,
    };

    private sealed class Channel(SimWorker worker, SimLoop loop) : IWorkerChannel
    {
        public bool IsOpen { get; set; } = true;

        public bool TrySend(AgentCommand command)
        {
            if (IsOpen)
            {
                loop.Post(_ => Deliver(command), null);
            }

            return IsOpen;
        }

        public void Close(string reason) => IsOpen = false;

        private void Deliver(AgentCommand command)
        {
            if (IsOpen)
            {
                worker.Receive(command);
            }
        }
    }
}
