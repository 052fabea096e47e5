using Federation.Discovery.Store;
using Federation.Discovery.Testing;
using Federation.Proto.Gates;
using Federation.Proto.Records;

namespace Federation.MinerAgent.Tests.Simulation;

/// <summary>Two agents of one region with two workers each, and a hand that breaks things by a seed.</summary>
internal sealed class SimFederation
{
    private readonly SimLoop _loop;
    private readonly SimWorld _world;
    private readonly Random _chance;
    private readonly SimFiles _files = new();
    private readonly SimOutbox[] _outboxes = [new(), new()];
    private readonly SimAgent[] _agents = new SimAgent[2];
    private readonly List<(int Agent, SimWorker Worker)> _workers = [];
    private readonly List<(Assign Task, long Revision)> _starts = [];
    private double _txnFaults;

    public SimFederation(SimLoop loop, int seed)
    {
        _loop = loop;
        _world = new SimWorld(loop, seed);
        _chance = new Random(seed * 7919);
        _world.Store.OnTxn = _ => FaultOf(_chance.NextDouble());
    }

    public SimWorld World => _world;

    public SimFiles Files => _files;

    public IReadOnlyList<SimOutbox> Outboxes => _outboxes;

    public IReadOnlyList<(Assign Task, long Revision)> Starts => _starts;

    public IReadOnlyList<SimWorker> Workers => [.. _workers.Select(pair => pair.Worker)];

    /// <summary>Seals sectors while things break for a while, then lets the federation come to rest.</summary>
    public async Task RunAsync(ulong sectors, TimeSpan trouble)
    {
        using var stop = new CancellationTokenSource();
        StartAgent(0);
        StartAgent(1);
        for (var i = 0; i < 4; i++)
        {
            var worker = new SimWorker(
                _loop, _files, $"w{i}", _ => TimeSpan.FromSeconds(_chance.Next(1, 90))) { Outcome = Outcome };
            worker.Started = (_, task) => _starts.Add((task, _world.Store.Revision));
            _workers.Add((i % 2, worker));
        }

        var side = Task.WhenAll(
            _world.WatchHistoryAsync(stop.Token), _world.PlayMinerAsync(TimeSpan.FromMinutes(2), stop.Token),
            ReconnectAsync(stop.Token));
        for (var sector = 0UL; sector < sectors; sector++)
        {
            await _world.RegisterAsync(sector);
        }

        await BreakAsync(trouble);
        await _loop.Until(() => _world.Finished == (int)sectors);
        await _loop.Delay(TimeSpan.FromMinutes(5));
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => side);
        foreach (var agent in _agents)
        {
            await agent.KillAsync();
            agent.Dispose();
        }
    }

    /// <summary>Where everything stands, for the message of a failed run.</summary>
    public async Task<string> DescribeAsync()
    {
        var records = await _world.Store.RangeAsync(new RangeQuery(_world.Keys.Root, true), CancellationToken.None);
        var lines = records.Entries.Select(
            entry => $"{entry.Key} {System.Text.Encoding.UTF8.GetString(entry.Value.Span)}")
            .Concat(_workers.Select(pair => $"{pair.Worker.Id} alive {pair.Worker.IsAlive}, connected "
                + $"{pair.Worker.IsConnectedTo(_agents[pair.Agent])}, runs {string.Join(' ', pair.Worker.Running)}"))
            .Concat(_agents.Select(agent => $"{agent.Me.Name} lease {agent.Leases.IsHeld}, holds {agent.Jobs.Count}, "
                + $"waiting {string.Join(' ', agent.Scheduler.Waiting())}, runs {string.Join(' ', agent.Pool.Runs().Select(run => run.Key))}"));
        return string.Join('\n', lines);
    }

    private void StartAgent(int index) => _agents[index] = new SimAgent(_world, $"a{index}", _files, _outboxes[index]);

    /// <summary>Workers that are alive dial their agent again, a while after they lost it.</summary>
    private async Task ReconnectAsync(CancellationToken stop)
    {
        while (true)
        {
            await _loop.Delay(TimeSpan.FromSeconds(1), stop);
            foreach (var (agent, worker) in _workers.Where(
                pair => pair.Worker.IsAlive && !pair.Worker.IsConnectedTo(_agents[pair.Agent]) && _chance.Next(3) == 0))
            {
                worker.Connect(_agents[agent]);
            }
        }
    }

    private async Task BreakAsync(TimeSpan trouble)
    {
        _txnFaults = 0.05;
        for (var left = trouble; left > TimeSpan.Zero;)
        {
            var pause = TimeSpan.FromSeconds(_chance.Next(1, 40));
            await _loop.Delay(pause);
            left -= pause;
            await BreakOnceAsync();
        }

        _txnFaults = 0;
        _world.Store.IsCutOff = false;
        foreach (var (_, worker) in _workers)
        {
            worker.Restart();
        }
    }

    private async Task BreakOnceAsync()
    {
        var (agent, worker) = _workers[_chance.Next(_workers.Count)];
        switch (_chance.Next(7))
        {
            case 0:
                worker.Kill();
                break;
            case 1:
                worker.Restart();
                break;
            case 2:
                worker.Disconnect();
                break;
            case 3:
                await RestartAgentAsync(agent);
                break;
            case 4:
                LoseLease(agent, expire: true);
                break;
            case 5:
                LoseLease(agent, expire: false);
                break;
            case 6:
                _world.Store.IsCutOff = true;
                await _loop.Delay(TimeSpan.FromSeconds(_chance.Next(1, 200)));
                _world.Store.IsCutOff = false;
                break;
        }
    }

    private async Task RestartAgentAsync(int index)
    {
        foreach (var (_, worker) in _workers.Where(pair => pair.Agent == index))
        {
            worker.Disconnect();
        }

        await _agents[index].KillAsync();
        _agents[index].Dispose();
        await _loop.Delay(TimeSpan.FromSeconds(_chance.Next(0, 200)));
        StartAgent(index);
    }

    private void LoseLease(int index, bool expire)
    {
        if (_agents[index].Leases.IsHeld)
        {
            var id = _agents[index].Leases.HeldAsync(CancellationToken.None).GetAwaiter().GetResult().Id;
            if (expire)
            {
                _world.Store.ExpireLease(id);
            }
            else
            {
                _world.Store.StopKeepAlive(id);
            }
        }
    }

    private TxnFault FaultOf(double chance) => chance >= _txnFaults ? TxnFault.None
        : (chance / _txnFaults) switch { < 0.34 => TxnFault.Unavailable, < 0.67 => TxnFault.ReplyLost, _ =>
            TxnFault.RequestLost };

    private TaskResult? Outcome(Assign task) => _chance.Next(20) switch
    {
        0 => new TaskResult { Failure = FailureKind.Temporary, Error = "no space left" },
        1 => new TaskResult { Failure = FailureKind.InvalidInput, Error = "a file is corrupt" },
        _ => null,
    };
}
