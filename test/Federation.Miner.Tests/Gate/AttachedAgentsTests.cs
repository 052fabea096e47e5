using Federation.Discovery.Testing;
using Federation.Miner.Gate;
using Federation.Proto.Gates;
using Federation.Proto.Transport;

namespace Federation.Miner.Tests.Gate;

public sealed class AttachedAgentsTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Workers_AskedTwiceWithinAMoment_AsksTheAgentOnce()
    {
        var agents = new AttachedAgents(_time);
        var agent = new FakeStream();
        using var session = new AgentSession(new AgentHello { Name = "a" }, agent);
        agent.OnWrite = message => session.Answer(new AgentMessage
        {
            Workers = new WorkersReply { Id = message.Workers.Id, Workers = { new WorkerSnapshot { Id = "w" } } },
        });
        agents.Add(session);

        Assert.Equal("w", Assert.Single(
            (await agents.WorkersAsync(default).WaitAsync(Bound)).Single().Reply.Workers).Id);
        await agents.WorkersAsync(default).WaitAsync(Bound);
        Assert.Single(agent.Written);
        _time.Advance(TimeSpan.FromSeconds(3));
        await agents.WorkersAsync(default).WaitAsync(Bound);
        Assert.Equal(2, agent.Written.Count);
    }

    [Fact]
    public async Task Workers_AgentThatIsGone_IsLeftOut()
    {
        var agents = new AttachedAgents(_time);
        using var session = new AgentSession(new AgentHello { Name = "a" },
            new FakeStream { OnWrite = static _ => throw new RpcException(StatusCode.Unavailable, "gone") });
        agents.Add(session);
        Assert.Empty(await agents.WorkersAsync(default).WaitAsync(Bound));
    }

    [Fact]
    public async Task Add_SecondStreamOfAnAgent_EndsTheFirstAndStaysWhenThatOneLeaves()
    {
        var agents = new AttachedAgents(_time);
        using var first = new AgentSession(new AgentHello { Name = "a" }, new FakeStream());
        using var second = new AgentSession(new AgentHello { Name = "a" }, new FakeStream());
        agents.Add(first);
        agents.Add(second);
        Assert.True(first.Ended.IsCancellationRequested);
        agents.Remove(first);
        Assert.True(agents.IsAttached("a"));
        agents.Remove(second);
        Assert.False(agents.IsAttached("a"));
        Assert.Contains("not attached", await agents.CancelAsync("a", 1, default), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_HasEndedMeanwhile_IsReplacedAndAskedWithoutHarm()
    {
        var agents = new AttachedAgents(_time);
        var gone = new AgentSession(new AgentHello { Name = "a" }, new FakeStream());
        agents.Add(gone);
        gone.End();
        gone.Dispose();
        Assert.Empty(await agents.WorkersAsync(default).WaitAsync(Bound));

        using var next = new AgentSession(new AgentHello { Name = "a" }, new FakeStream());
        agents.Add(next);
        Assert.False(next.Ended.IsCancellationRequested);
    }

    private sealed class FakeStream : IServerStreamWriter<MinerMessage>
    {
        public Action<MinerMessage>? OnWrite { get; set; }

        public List<MinerMessage> Written { get; } = [];

        public Task WriteAsync(MinerMessage message, CancellationToken cancellationToken = default)
        {
            Written.Add(message);
            OnWrite?.Invoke(message);
            return Task.CompletedTask;
        }
    }
}
