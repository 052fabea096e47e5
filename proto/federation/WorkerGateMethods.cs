using Federation.Proto.Transport;

namespace Federation.Proto.Gates;

/// <summary>The methods of WorkerGate, at the agent's port P.</summary>
public static class WorkerGateMethods
{
    internal const string ServiceName = "federation.WorkerGate";

    /// <summary>Opens the stream that a worker holds: it registers, receives tasks and reports on them.</summary>
    public static Method<WorkerMessage, AgentCommand> Session { get; } =
        new(MethodType.DuplexStreaming, ServiceName, "Session");
}
