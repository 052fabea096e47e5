using Microsoft.Extensions.Logging;

namespace Federation.Proto.Transport.Wire;

/// <summary>Log of the transport's server, ids 1000-1099.</summary>
internal static partial class RpcServerLog
{
    [LoggerMessage(1000, LogLevel.Error, "{Method} called by {Peer} failed")]
    public static partial void HandlerFailed(ILogger logger, string method, string peer, Exception exception);

    [LoggerMessage(1001, LogLevel.Debug, "{Method} ended with {Code}: {Detail}")]
    public static partial void CallRefused(ILogger logger, string method, StatusCode code, string detail);
}
