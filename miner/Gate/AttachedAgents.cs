using System.Collections.Concurrent;
using Federation.Proto.Gates;

namespace Federation.Miner.Gate;

/// <summary>The agents whose streams are open, by name. Thread-safe.</summary>
internal sealed class AttachedAgents(TimeProvider time)
{
    // Questions cross the WAN: whoever asks in a loop gets what was answered a moment ago.
    private static readonly TimeSpan AnswerKept = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, AgentSession> _sessions = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private Task<IReadOnlyList<(AgentHello Agent, WorkersReply Reply)>>? _last;
    private long _asked;
    private int _lastCount;

    /// <summary>How many streams are open.</summary>
    public int Count => _sessions.Count;

    /// <summary>Whether an agent's stream is open.</summary>
    public bool IsAttached(string agent) => _sessions.ContainsKey(agent);

    /// <summary>Adds a stream; an older one of the same agent ends, for an agent has but one.</summary>
    public void Add(AgentSession session) => _sessions.AddOrUpdate(
        session.Hello.Name, session, (_, old) =>
        {
            old.End();
            return session;
        });

    /// <summary>Removes a stream, unless a newer one has taken its place.</summary>
    public void Remove(AgentSession session) =>
        _sessions.TryRemove(KeyValuePair.Create(session.Hello.Name, session));

    /// <summary>
    /// What every agent says of its workers and tasks; agents that do not answer in time are left out.
    /// </summary>
    public Task<IReadOnlyList<(AgentHello Agent, WorkersReply Reply)>> WorkersAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_last is null || _last.IsFaulted || time.GetElapsedTime(_asked) >= AnswerKept
                || _lastCount != _sessions.Count)
            {
                (_last, _asked, _lastCount) = (AskAllAsync(), time.GetTimestamp(), _sessions.Count);
            }

            return _last.WaitAsync(cancellationToken);
        }
    }

    private async Task<IReadOnlyList<(AgentHello Agent, WorkersReply Reply)>> AskAllAsync()
    {
        var answers = await Task.WhenAll(_sessions.Values.Select(async session =>
        {
            var answer = await session.AskAsync(
                static id => new MinerMessage { Workers = new WorkersRequest { Id = id } }, AnswerTimeout,
                CancellationToken.None);
            return (session.Hello, answer?.Workers);
        }));
        return [.. answers.Where(static answer => answer.Workers is not null)
            .Select(static answer => (answer.Hello, answer.Workers!))
            .OrderBy(static answer => answer.Hello.Name, StringComparer.Ordinal)];
    }

    /// <summary>Has an agent stop what it runs for a sector; null = done, otherwise why not.</summary>
    public async Task<string?> CancelAsync(string agent, ulong sector, CancellationToken cancellationToken)
    {
        if (!_sessions.TryGetValue(agent, out var session))
        {
            return $"can not found any server: agent '{agent}' is not attached";
        }

        var answer = await session.AskAsync(
            id => new MinerMessage { Cancel = new CancelRequest { Id = id, Sector = sector } }, AnswerTimeout,
            cancellationToken);
        return answer is null ? $"agent '{agent}' did not answer"
            : answer.Cancel.Error is { Length: > 0 } error ? error
            : null;
    }
}
