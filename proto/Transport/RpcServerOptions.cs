namespace Federation.Proto.Transport;

/// <summary>What a server accepts from its peers. Immutable.</summary>
public sealed record RpcServerOptions
{
    /// <summary>Greatest message accepted, in bytes. Default 4 MiB.</summary>
    public int MaxReceiveMessageBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Greatest message sent, in bytes; null: no limit on this side.</summary>
    public int? MaxSendMessageBytes { get; init; }

    /// <summary>
    /// Longest time that a unary call may take here, its request's arrival included, whatever the client allows: a
    /// peer that trickles holds nothing for ever. Default 5 minutes.
    /// </summary>
    public TimeSpan MaxUnaryTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Asked before each call's handler; throws <see cref="RpcException"/> to refuse the call. Null: every peer that
    /// TLS let in may call everything.
    /// </summary>
    public Func<ServerCallContext, ValueTask>? Authorize { get; init; }
}
