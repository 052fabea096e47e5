namespace Federation.Hosting.JsonRpc;

/// <summary>An error answer with the HTTP status that Lotus sends it under.</summary>
internal sealed record JsonRpcFault(int Status, int Code, string Message)
{
    private const int Ok = 200;
    private const int BadRequest = 400;
    private const int ServerError = 500;

    internal static JsonRpcFault ParseError { get; } = new(ServerError, -32700, "Parse error");

    internal static JsonRpcFault InvalidRequest { get; } = new(BadRequest, -32600, "Invalid request");

    internal static JsonRpcFault TooLarge(int limit) =>
        new(ServerError, 0, $"request bigger than maximum {limit} allowed");

    internal static JsonRpcFault BadId(string kind) =>
        new(ServerError, -32700, $"failed to parse ID: invalid id type: {kind}");

    internal static JsonRpcFault NotFound(string method) => new(ServerError, -32601, $"method '{method}' not found");

    internal static JsonRpcFault WrongCount(string method, int given, int wanted) =>
        new(ServerError, -32602, $"wrong param count (method '{method}'): {given} != {wanted}");

    internal static JsonRpcFault BadParameter(string message) => new(ServerError, -32700, message);

    internal static JsonRpcFault Forbidden(string method, string permission) =>
        new(Ok, JsonRpcException.ApplicationError, $"missing permission to invoke '{method}' (need '{permission}')");

    internal static JsonRpcFault Failed(JsonRpcException e) => new(Ok, e.Code, e.Message);

    /// <summary>A defect of ours: the cause is in the log, not in the answer.</summary>
    internal static JsonRpcFault Fatal(string method) => new(ServerError, 0, $"fatal error calling '{method}'");
}
