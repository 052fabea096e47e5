using Federation.Proto.Transport;

namespace Federation.Proto.Gates;

/// <summary>Calls MinerGate: what an agent has to do with its miner while both are there. Thread-safe.</summary>
/// <param name="channel">The server; stays its owner's to dispose.</param>
public sealed class MinerGateClient(RpcChannel channel)
{
    /// <summary>Opens the stream that an agent holds: what the miner wants from it travels here.</summary>
    public DuplexCall<AgentMessage, MinerMessage> Attach(CallOptions options = default) =>
        channel.Duplex(MinerGateMethods.Attach, options);
}
