using Microsoft.Extensions.Logging;

namespace Federation.Hosting.JsonRpc;

public sealed partial class JsonRpcServer
{
    [LoggerMessage(2101, LogLevel.Warning, "JSON-RPC request of {Remote} refused: its token is not valid")]
    private partial void LogBadToken(string remote);

    [LoggerMessage(2102, LogLevel.Error, "JSON-RPC method {Method} failed")]
    private partial void LogFailed(Exception exception, string method);
}
