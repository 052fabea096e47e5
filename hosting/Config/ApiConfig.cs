using Federation.Hosting.Net;

namespace Federation.Hosting.Config;

/// <summary>Section <c>[API]</c>: where JSON-RPC is served.</summary>
/// <param name="ListenAddress">The listener. Port 0 lets the system choose; the <c>api</c> file names what it
/// chose.</param>
public sealed record ApiConfig(Multiaddr ListenAddress)
{
    /// <summary>
    /// Reads the section; an address that other machines reach must be protected by <paramref name="security"/>.
    /// </summary>
    public static ApiConfig Read(ConfigReader reader, TransportSecurity security, string defaultAddress)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var section = reader.Section("API");
        var fallback = Multiaddr.TryParse(defaultAddress, out var parsed, out var problem)
            ? parsed : throw new ArgumentException(problem, nameof(defaultAddress));
        var config = new ApiConfig(section.Read(nameof(ListenAddress), ConfigTypes.Multiaddress, fallback,
            "Binding address of the JSON-RPC API. One that other machines reach needs [SealAgent] TlsCert, TlsKey and\n"
            + "TlsCA, or Insecure."));
        ListenPolicy.Check(section, nameof(ListenAddress), config.ListenAddress.Endpoint, security);
        return config;
    }
}
