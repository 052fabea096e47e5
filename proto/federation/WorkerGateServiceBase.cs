using Federation.Proto.Transport;

namespace Federation.Proto.Gates;

/// <summary>Serves WorkerGate, at the agent's port P; a method that is not overridden is Unimplemented.</summary>
public abstract class WorkerGateServiceBase : RpcServiceBase
{
    /// <inheritdoc/>
    public override string ServiceName => WorkerGateMethods.ServiceName;

    /// <summary>Opens the stream that a worker holds: it registers, receives tasks and reports on them.</summary>
    public virtual Task SessionAsync(
        IAsyncStreamReader<WorkerMessage> requests,
        IServerStreamWriter<AgentCommand> responses,
        ServerCallContext context) =>
        throw Unimplemented(WorkerGateMethods.Session.FullName);

    /// <inheritdoc/>
    protected internal override void Bind(RpcServiceBinder binder) =>
        binder.Duplex(WorkerGateMethods.Session, SessionAsync);
}
