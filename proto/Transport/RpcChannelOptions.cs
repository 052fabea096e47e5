namespace Federation.Proto.Transport;

/// <summary>How a channel connects and what it accepts. Immutable.</summary>
public sealed record RpcChannelOptions
{
    /// <summary>Credentials for https addresses; null: the system's roots and no own certificate.</summary>
    public TlsCredentials? Tls { get; init; }

    /// <summary>Time for a connection to come up, TLS included. Default 5 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Quiet time on a connection with calls in flight after which it is pinged. Default 20 s, which is
    /// 150 kB a day below TLS; etcd takes more than one ping in 5 s for an attack.
    /// </summary>
    public TimeSpan KeepAlivePingDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Time in which a ping must be answered, else the connection is given up. Default 10 s.</summary>
    public TimeSpan KeepAlivePingTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Ping connections without calls too, where a NAT forgets them. Default false.</summary>
    public bool PingWhenIdle { get; init; }

    /// <summary>
    /// Time-out of unary calls that name none, so that no answer is waited for without end. Default 30 s;
    /// <see cref="Timeout.InfiniteTimeSpan"/> for none.
    /// </summary>
    public TimeSpan UnaryTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Greatest message accepted, in bytes. Default 4 MiB.</summary>
    public int MaxReceiveMessageBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Greatest message sent, in bytes; null: no limit on this side.</summary>
    public int? MaxSendMessageBytes { get; init; }

    /// <summary>Metadata for each call, asked for when the call starts: tokens, for instance.</summary>
    public Func<CancellationToken, ValueTask<Metadata>>? MetadataProvider { get; init; }

    /// <summary>Where the channel counts its bytes; channels may share one. Null: a counter of its own.</summary>
    public WireCounter? Counter { get; init; }

    /// <summary>The clock of deadlines.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
