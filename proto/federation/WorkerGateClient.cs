using Federation.Proto.Transport;

namespace Federation.Proto.Gates;

/// <summary>Calls WorkerGate: what a worker has to do with its agent. Thread-safe.</summary>
/// <param name="channel">The server; stays its owner's to dispose.</param>
public sealed class WorkerGateClient(RpcChannel channel)
{
    /// <summary>Opens the stream that a worker holds: it registers, receives tasks and reports on them.</summary>
    public DuplexCall<WorkerMessage, AgentCommand> Session(CallOptions options = default) =>
        channel.Duplex(WorkerGateMethods.Session, options);
}
