using Federation.MinerAgent.Workers;
using Federation.Proto.Gates;

namespace Federation.MinerAgent.Tests.Workers;

/// <summary>A worker's channel that keeps what was sent.</summary>
internal sealed class FakeChannel : IWorkerChannel
{
    public List<AgentCommand> Sent { get; } = [];

    public string? Closed { get; private set; }

    /// <summary>Called by each <see cref="Close"/>.</summary>
    public Action Closing { get; set; } = () => { };

    public IEnumerable<string> Taken =>
        Sent.Where(command => command.Taken is not null).Select(command => command.Taken.TaskId);

    public IEnumerable<string> Cancelled =>
        Sent.Where(command => command.Cancel is not null).Select(command => command.Cancel.TaskId);

    public bool TrySend(AgentCommand command)
    {
        if (Closed is null)
        {
            Sent.Add(command);
        }

        return Closed is null;
    }

    public void Close(string reason)
    {
        Closed ??= reason;
        Closing();
    }
}
