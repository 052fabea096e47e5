namespace Federation.Hosting.JsonRpc;

/// <summary>Limits of a JSON-RPC server.</summary>
public sealed record JsonRpcServerOptions
{
    /// <summary>Bytes that a request's body may have. Default 1 MiB.</summary>
    public int MaxRequestBytes { get; init; } = 1 << 20;

    /// <summary>Requests that one batch may hold. Default 100.</summary>
    public int MaxBatch { get; init; } = 100;
}
