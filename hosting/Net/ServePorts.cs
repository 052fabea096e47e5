using System.Net;
using Federation.Hosting.Config;

namespace Federation.Hosting.Net;

/// <summary>
/// The three ports that <c>ServeIP</c> and <c>ServePort</c> name: P for gRPC, P+1 for HTTP, P+100 for bulk data.
/// </summary>
/// <param name="Address">The address that all three listen on.</param>
/// <param name="Port">P.</param>
public sealed record ServePorts(IPAddress Address, int Port)
{
    private const string Key = "[SealAgent] ServePort";
    private const int HttpOffset = 1;
    private const int BulkOffset = 100;
    private const int MaxPort = 65535 - BulkOffset;

    /// <summary>Where gRPC listens.</summary>
    public PortClaim Grpc => new(new(Address, Port), "ServePort, gRPC", Key);

    /// <summary>Where metrics, health and pages listen.</summary>
    public PortClaim Http => new(new(Address, Port + HttpOffset), "ServePort + 1, HTTP", Key);

    /// <summary>Where bulk data is served.</summary>
    public PortClaim Bulk => new(new(Address, Port + BulkOffset), "ServePort + 100, bulk data", Key);

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

    private static ConfigType<IPAddress> AddressType { get; } = ConfigTypes.Parsed<IPAddress>(
        "string",
        "an IP address of this machine such as \"127.0.0.1\"",
        text => HostPort.CheckHost(text) is { } problem ? (null, problem)
            : IPAddress.TryParse(text, out var address) ? (address, null) : (null, ""),
        a => a.ToString());
}
