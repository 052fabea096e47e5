using System.Collections.Concurrent;
using Federation.Proto.Gates;
using Federation.Proto.Transport;

namespace Federation.Miner.Gate;

/// <summary>One agent's open stream: questions go out with a number, answers come back with it. Thread-safe.</summary>
internal sealed class AgentSession : IDisposable
{
    private readonly IServerStreamWriter<MinerMessage> _responses;
    private readonly ConcurrentDictionary<ulong, TaskCompletionSource<AgentMessage>> _asked = [];
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _gate = new();
    private ulong _lastId;
    private bool _isDisposed;

    public AgentSession(AgentHello hello, IServerStreamWriter<MinerMessage> responses)
    {
        (Hello, _responses, Ended) = (hello, responses, _ended.Token);
    }

    /// <summary>Who attached.</summary>
    public AgentHello Hello { get; }

    /// <summary>Cancelled when the stream has ended, or a newer one of the same agent replaced it.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Asks; null when the agent went away or did not answer in time.</summary>
    public async Task<AgentMessage?> AskAsync(
        Func<ulong, MinerMessage> question, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<AgentMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = answer;
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Ended);
        bound.CancelAfter(timeout);
        try
        {
            await _responses.WriteAsync(question(id), Ended);
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

    /// <summary>Ends the stream; one that has ended by itself meanwhile is left as it is.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _ended.Cancel();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _ended.Dispose();
        }
    }
}
