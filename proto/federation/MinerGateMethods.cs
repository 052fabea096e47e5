using Federation.Proto.Transport;

namespace Federation.Proto.Gates;

/// <summary>The methods of MinerGate, at the miner's port P.</summary>
public static class MinerGateMethods
{
    internal const string ServiceName = "federation.MinerGate";

    /// <summary>Opens the stream that an agent holds: what the miner wants from it travels here.</summary>
    public static Method<AgentMessage, MinerMessage> Attach { get; } =
        new(MethodType.DuplexStreaming, ServiceName, "Attach");
}
