using System.Threading.Channels;
using Federation.MinerAgent.Workers;
using Federation.Proto.Gates;

namespace Federation.MinerAgent.Gate;

/// <summary>The commands on their way to one connected worker. Thread-safe.</summary>
internal sealed class WorkerSession : IWorkerChannel
{
    private const int MaxQueued = 1024;

    private readonly Channel<AgentCommand> _commands =
        Channel.CreateBounded<AgentCommand>(new BoundedChannelOptions(MaxQueued) { SingleReader = true });

    /// <summary>The commands, in order; ends when the session is closed.</summary>
    public ChannelReader<AgentCommand> Commands => _commands.Reader;

    /// <summary>Why it was closed by this side; null while it was not.</summary>
    public string? CloseReason { get; private set; }

    /// <inheritdoc/>
    public bool TrySend(AgentCommand command)
    {
        if (_commands.Writer.TryWrite(command))
        {
            return true;
        }

        Close("the worker does not take its commands");
        return false;
    }

    /// <inheritdoc/>
    public void Close(string reason)
    {
        CloseReason ??= reason;
        _commands.Writer.TryComplete();
    }
}
