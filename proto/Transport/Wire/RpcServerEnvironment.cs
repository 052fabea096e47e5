using Microsoft.Extensions.Logging;

namespace Federation.Proto.Transport.Wire;

/// <summary>What the calls of a service share.</summary>
internal sealed record RpcServerEnvironment(
    RpcServerOptions Options, TimeProvider TimeProvider, ILogger Logger, CancellationToken Stopping);
