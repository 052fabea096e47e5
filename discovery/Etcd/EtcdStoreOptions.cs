using Federation.Proto.Transport;

namespace Federation.Discovery.Etcd;

/// <summary>How the store's client connects and how long it waits. Immutable.</summary>
public sealed record EtcdStoreOptions
{
    /// <summary>Mutual TLS; null for plain connections.</summary>
    public TlsCredentials? Tls { get; init; }

    /// <summary>Time for one request to one endpoint, connecting included. Default 5 s.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Time in which a request that may be repeated tries one endpoint after the other. Default 10 s.
    /// </summary>
    public TimeSpan RetryTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time in which a first endpoint must answer at start. Default 10 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Quiet time after which a connection in use is pinged; etcd refuses less than 5 s. Default 20 s.
    /// </summary>
    public TimeSpan PingDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Keys in one page of a range. Default 500.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>Where the bytes of all connections are counted; null for nowhere.</summary>
    public WireCounter? Counter { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
