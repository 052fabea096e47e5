using Federation.Proto.Transport;

namespace Federation.Proto.Gates;

/// <summary>Serves MinerGate, at the miner's port P; a method that is not overridden is Unimplemented.</summary>
public abstract class MinerGateServiceBase : RpcServiceBase
{
    /// <inheritdoc/>
    public override string ServiceName => MinerGateMethods.ServiceName;

    /// <summary>Opens the stream that an agent holds: what the miner wants from it travels here.</summary>
    public virtual Task AttachAsync(
        IAsyncStreamReader<AgentMessage> requests,
        IServerStreamWriter<MinerMessage> responses,
        ServerCallContext context) =>
        throw Unimplemented(MinerGateMethods.Attach.FullName);

    /// <inheritdoc/>
    protected internal override void Bind(RpcServiceBinder binder) =>
        binder.Duplex(MinerGateMethods.Attach, AttachAsync);
}
