using Federation.Discovery;
using Federation.Miner.Config;
using Federation.Proto.Gates;
using Federation.Proto.Transport;
using Microsoft.Extensions.Logging;

namespace Federation.Miner.Gate;

/// <summary>Serves agents at port P.</summary>
internal sealed partial class MinerGateService(
    ActorFile actor, AgentTokens tokens, AttachedAgents agents, Func<ulong> term, ILogger<MinerGateService> logger)
    : MinerGateServiceBase
{
    /// <summary>Longest message of an agent: what it says of thousands of workers.</summary>
    public const int MaxMessageBytes = 1 << 20;

    private static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override async Task AttachAsync(
        IAsyncStreamReader<AgentMessage> requests, IServerStreamWriter<MinerMessage> responses,
        ServerCallContext context)
    {
        // The hello is read before anything is refused: a stream that ends unread tells the agent less than its status.
        var hello = await HelloAsync(requests, context);
        Check(hello, tokens.Authenticate(context));
        using var session = new AgentSession(hello, responses);
        agents.Add(session);
        LogAttached(hello.Name, hello.Region, context.Peer);
        try
        {
            await responses.WriteAsync(Welcome(), context.CancellationToken);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, session.Ended);
            while (await requests.MoveNext(end.Token))
            {
                session.Answer(requests.Current);
            }
        }
        catch (OperationCanceledException)
        {
            // The agent went away, or came back on another stream; both are told below.
        }
        finally
        {
            agents.Remove(session);
            session.End();
            LogDetached(hello.Name);
        }
    }

    private static async Task<AgentHello> HelloAsync(
        IAsyncStreamReader<AgentMessage> requests, ServerCallContext context)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        bound.CancelAfter(HelloTimeout);
        return await requests.MoveNext(bound.Token) && requests.Current.Hello is { } hello
            ? hello
            : throw new RpcException(StatusCode.InvalidArgument, "the first message of an agent is its hello");
    }

    private void Check(AgentHello hello, string name)
    {
        var problem = hello switch
        {
            _ when hello.Name != name =>
                $"the token is that of agent '{name}', but this agent is '{hello.Name}':"
                    + $" give it its own, made with 'miner auth create-agent-token {hello.Name}'",
            _ when !FederationKeys.IsName(hello.Region) =>
                $"'{hello.Region}' cannot be a region's name: use letters, digits, '-', '_' and '.'",
            { Miner.Length: > 0 } when hello.Miner != actor.Actor =>
                $"this is miner {actor.Actor}, but MINER_ADDR says {hello.Miner}:"
                    + $" unset MINER_ADDR or set it to {actor.Actor}",
            { SectorSize: > 0 } when hello.SectorSize != actor.SectorSize =>
                $"miner {actor.Actor} has sectors of {actor.Shape.Name}, but SECTOR_SIZE says {hello.SectorSize} bytes:"
                    + $" unset SECTOR_SIZE or set it to {actor.Shape.Name}",
            _ => null,
        };
        if (problem is not null)
        {
            LogRefused(hello.Name, problem);
            throw new RpcException(StatusCode.FailedPrecondition, problem);
        }
    }

    private MinerMessage Welcome() => new()
    {
        Welcome = new MinerWelcome { Miner = actor.Actor, SectorSize = actor.SectorSize, Term = term() },
    };

    [LoggerMessage(3101, LogLevel.Information, "agent {Agent} of region {Region} attached from {Peer}")]
    private partial void LogAttached(string agent, string region, string peer);

    [LoggerMessage(3102, LogLevel.Information, "agent {Agent} detached")]
    private partial void LogDetached(string agent);

    [LoggerMessage(3103, LogLevel.Warning, "agent {Agent} was refused: {Problem}")]
    private partial void LogRefused(string agent, string problem);
}
