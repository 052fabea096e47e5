using System.Net;
using System.Net.Sockets;
using Federation.Hosting.Config;

namespace Federation.Hosting.Net;

/// <summary>
/// The three ports that <c>ServeIP</c> and <c>ServePort</c> name: P for gRPC, P+1 for HTTP, P+100 for bulk data.
/// </summary>
/// <param name="Address">The address that all three listen on.</param>
/// <param name="Port">P.</param>
public sealed record ServePorts(IPAddress Address, int Port)
{
    private const int HttpOffset = 1;
    private const int BulkOffset = 100;
    private const int MaxPort = 65535 - BulkOffset;

    /// <summary>Where gRPC listens.</summary>
    public IPEndPoint Grpc => new(Address, Port);

    /// <summary>Where metrics, health and pages listen.</summary>
    public IPEndPoint Http => new(Address, Port + HttpOffset);

    /// <summary>Where bulk data is served.</summary>
    public IPEndPoint Bulk => new(Address, Port + BulkOffset);

    /// <summary>Reads <c>ServeIP</c> and <c>ServePort</c>.</summary>
    public static ServePorts Read(ConfigSection section, int defaultPort)
    {
        ArgumentNullException.ThrowIfNull(section);
        var address = section.Read("ServeIP", AddressType, IPAddress.Loopback,
            "Address of the three ports that ServePort names. One that other machines reach needs TLS or Insecure.");
        var port = section.Read("ServePort", ConfigTypes.WholeNumber(1, MaxPort), defaultPort,
            "Names three ports: this one serves gRPC, the next HTTP (metrics, health), this + 100 bulk data.\n"
            + "From 1 to 65435. All three must be free at start.");
        return new ServePorts(address, (int)port);
    }

    /// <summary>Tries each port; one sentence for each that cannot be listened on.</summary>
    /// <remarks>Another process may still take a port after this and before the listener opens.</remarks>
    public IReadOnlyList<string> FindProblems() =>
        [.. new[] { (Grpc, "ServePort, gRPC"), (Http, "ServePort + 1, HTTP"), (Bulk, "ServePort + 100, bulk data") }
            .Select(p => FindProblem(p.Item1, p.Item2, "[SealAgent] ServePort")).OfType<string>()];

    /// <summary>Says why an address cannot be listened on, in one sentence with the remedy; null when it can.</summary>
    /// <param name="endpoint">The address.</param>
    /// <param name="use">What it is for, such as "ServePort + 1, HTTP".</param>
    /// <param name="key">The setting that chooses it.</param>
    public static string? FindProblem(IPEndPoint endpoint, string use, string key)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            socket.Listen(1);
            return null;
        }
        catch (SocketException e)
        {
            return Explain(e.SocketErrorCode, e.Message, endpoint, use, key);
        }
    }

    /// <summary>The sentence for a failed bind.</summary>
    internal static string Explain(SocketError error, string detail, IPEndPoint endpoint, string use, string key)
    {
        var port = $"port {endpoint.Port} on {endpoint.Address} ({use})";
        return error switch
        {
            SocketError.AddressAlreadyInUse =>
                $"{port} is in use by another process; stop that one or set another {key}.",
            SocketError.AddressNotAvailable =>
                $"{endpoint.Address} ({use}) is no address of this machine; set one that is.",
            SocketError.AccessDenied => $"{port} may not be opened by this user; set a {key} above 1023.",
            _ => $"{port} cannot be opened: {detail}; check {key}.",
        };
    }

    private static ConfigType<IPAddress> AddressType { get; } = ConfigTypes.Parsed<IPAddress>(
        "string",
        "an IP address of this machine such as \"127.0.0.1\"",
        text => HostPort.CheckHost(text) is { } problem ? (null, problem)
            : IPAddress.TryParse(text, out var address) ? (address, null) : (null, ""),
        a => a.ToString());
}
