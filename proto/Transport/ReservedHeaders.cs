using System.Collections.Frozen;

namespace Federation.Proto.Transport;

/// <summary>Header names that the transport and HTTP own: no metadata key may be one of them.</summary>
internal static class ReservedHeaders
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "te", "content-type", "content-length", "content-encoding", "transfer-encoding", "host", "connection",
        "keep-alive", "upgrade", "proxy-connection", "trailer", "date", "server", "user-agent", "accept-encoding",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string name) =>
        name.StartsWith(':') || name.StartsWith("grpc-", StringComparison.OrdinalIgnoreCase) || Names.Contains(name);
}
