using Federation.Proto.Transport;

namespace Federation.MinerAgent.Upstream;

/// <summary>How this agent reaches its miner. Immutable.</summary>
/// <param name="Token">The agent's token, signed by the miner.</param>
/// <param name="Tls">Credentials; null without TLS.</param>
/// <param name="Gate">Counts the bytes of the stream that is held open.</param>
/// <param name="Bulk">Counts the bytes of proofs.</param>
public sealed record MinerDial(string Token, TlsCredentials? Tls, WireCounter Gate, WireCounter Bulk)
{
    // A ping costs about 150 bytes both ways: an idle day stays far below its budget of 3 MB.
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(30);

    /// <summary>A channel to the miner's gRPC port.</summary>
    public RpcChannel ToGate(string address) => Open(address, Gate);

    /// <summary>A channel to the miner's bulk port.</summary>
    public RpcChannel ToBulk(string address) => Open(address, Bulk);

    private RpcChannel Open(string address, WireCounter counter) => new(
        $"{(Tls is null ? "http" : "https")}://{address}",
        new RpcChannelOptions
        {
            Tls = Tls,
            Counter = counter,
            KeepAlivePingDelay = PingDelay,
            MetadataProvider = _ => ValueTask.FromResult(new Metadata { { "authorization", $"Bearer {Token}" } }),
        });
}
