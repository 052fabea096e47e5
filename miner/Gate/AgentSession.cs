using System.Collections.Concurrent;
using Federation.Proto.Gates;
using Federation.Proto.Transport;

namespace Federation.Miner.Gate;

/// <summary>One agent's open stream: questions go out with a number, answers come back with it. Thread-safe.</summary>
internal sealed class AgentSession(AgentHello hello, IServerStreamWriter<MinerMessage> responses) : IDisposable
{
    private readonly ConcurrentDictionary<ulong, TaskCompletionSource<AgentMessage>> _asked = [];
    private readonly CancellationTokenSource _ended = new();
    private ulong _lastId;

    /// <summary>Who attached.</summary>
    public AgentHello Hello { get; } = hello;

    /// <summary>Cancelled when the stream has ended, or a newer one of the same agent replaced it.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Asks; null when the agent went away or did not answer in time.</summary>
    public async Task<AgentMessage?> AskAsync(
        Func<ulong, MinerMessage> question, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<AgentMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = answer;
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended.Token);
        bound.CancelAfter(timeout);
        try
        {
            await responses.WriteAsync(question(id), _ended.Token);
            return await answer.Task.WaitAsync(bound.Token);
        }
        catch (Exception error) when (error is RpcException or OperationCanceledException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    /// <summary>Takes an answer in; one that nobody waits for any more is dropped.</summary>
    public void Answer(AgentMessage message)
    {
        var id = message.KindCase switch
        {
            AgentMessage.KindOneofCase.Workers => message.Workers.Id,
            AgentMessage.KindOneofCase.Cancel => message.Cancel.Id,
            _ => 0UL,
        };
        if (_asked.TryRemove(id, out var waiting))
        {
            waiting.TrySetResult(message);
        }
    }

    /// <summary>Ends the stream.</summary>
    public void End() => _ended.Cancel();

    public void Dispose() => _ended.Dispose();
}
