using Federation.Proto.Gates;

namespace Federation.MinerAgent.Workers;

/// <summary>The way to one connected worker.</summary>
public interface IWorkerChannel
{
    /// <summary>
    /// Queues a command, in order, without waiting; false when the session has ended or its queue is full, in which
    /// case the session ends and the command is lost.
    /// </summary>
    bool TrySend(AgentCommand command);

    /// <summary>Ends the session, because a newer one of the same worker took its place.</summary>
    void Close(string reason);
}
