using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Federation.Hosting.Net;

/// <summary>
/// The part of multiformats' multiaddr that listeners and API endpoints use:
/// <c>/ip4|ip6|dns|dns4|dns6/HOST/tcp/PORT[/http|https|ws|wss|tls|tls/http]</c>.
/// </summary>
/// <param name="HostKind">The host's protocol: <c>ip4</c>, <c>ip6</c>, <c>dns</c>, <c>dns4</c> or <c>dns6</c>.</param>
/// <param name="Host">The address or name.</param>
/// <param name="Port">The TCP port; 0 lets a listener choose.</param>
/// <param name="Transport">What follows the port, without its leading slash; empty when nothing does.</param>
public sealed record Multiaddr(string HostKind, string Host, int Port, string Transport)
{
    private const string Example = "/ip4/127.0.0.1/tcp/2345/http";

    private static readonly string[] HostKinds = ["ip4", "ip6", "dns", "dns4", "dns6"];
    private static readonly string[] Transports = ["", "http", "https", "ws", "wss", "tls", "tls/http", "tls/ws"];

    /// <summary>Whether whoever dials this must use TLS.</summary>
    public bool IsSecure => Transport is "https" or "wss" or "tls" or "tls/http" or "tls/ws";

    /// <summary>Host and port alone.</summary>
    public HostPort Endpoint => new(Host, Port);

    /// <summary>The address of HTTP endpoints below this listener, ending in a slash.</summary>
    public Uri HttpUri => new($"{(IsSecure ? "https" : "http")}://{Endpoint}/");

    /// <summary>The multiaddr of an address that a listener is bound to.</summary>
    public static Multiaddr FromEndPoint(IPEndPoint endpoint, string transport)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var kind = endpoint.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? "ip6" : "ip4";
        return new Multiaddr(kind, endpoint.Address.ToString(), endpoint.Port, transport);
    }

    /// <summary>Reads a multiaddr; on failure says what is wrong, without a full stop.</summary>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out Multiaddr? value, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        value = null;
        var parts = text.Split('/');
        if (parts.Length < 5 || parts[0].Length > 0 || parts[3] != "tcp" || !HostKinds.Contains(parts[1]))
        {
            problem = $"it is not a multiaddr such as {Example}";
            return false;
        }

        var transport = string.Join('/', parts[5..]);
        problem = CheckHost(parts[1], parts[2]);
        if (problem is null && !HostPort.TryParsePort(parts[4], out _))
        {
            problem = $"\"{parts[4]}\" is no port from 0 to 65535";
        }

        if (problem is null && !Transports.Contains(transport))
        {
            problem = $"\"/{transport}\" after the port is none of /http, /https, /ws, /wss and /tls/http";
        }

        if (problem is not null)
        {
            return false;
        }

        _ = HostPort.TryParsePort(parts[4], out var port);
        value = new Multiaddr(parts[1], parts[2], port, transport);
        return true;
    }

    /// <summary>Prints the multiaddr's text.</summary>
    public override string ToString() =>
        $"/{HostKind}/{Host}/tcp/{Port}" + (Transport.Length == 0 ? "" : $"/{Transport}");

    private static string? CheckHost(string kind, string host)
    {
        if (HostPort.CheckHost(host) is { } problem)
        {
            return problem;
        }

        var isV6 = host.Contains(':', StringComparison.Ordinal);
        var isAddress = IPAddress.TryParse(host, out _);
        return kind switch
        {
            "ip4" when !isAddress || isV6 => $"\"{host}\" is no IPv4 address",
            "ip6" when !isV6 => $"\"{host}\" is no IPv6 address",
            _ => null,
        };
    }
}
