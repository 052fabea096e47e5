using Federation.Hosting.Config;

namespace Federation.Hosting.Net;

/// <summary>How connections are protected: by mutual TLS, or not at all.</summary>
/// <param name="TlsCert">PEM file of this process's certificate, with its chain when it has one; empty for
/// none.</param>
/// <param name="TlsKey">PEM file of the certificate's private key; empty for none.</param>
/// <param name="TlsCA">PEM file of the authorities that every peer's certificate must come from; empty for
/// none.</param>
/// <param name="Insecure">Whether listeners that other machines reach may go without TLS.</param>
public sealed record TransportSecurity(string TlsCert, string TlsKey, string TlsCA, bool Insecure)
{
    /// <summary>No TLS, and so no listener that other machines reach.</summary>
    public static TransportSecurity LoopbackOnly { get; } = new("", "", "", Insecure: false);

    /// <summary>Whether mutual TLS is configured: all gRPC, HTTP, bulk and store connections then use it.</summary>
    public bool UsesTls => TlsCert.Length > 0 && TlsKey.Length > 0 && TlsCA.Length > 0;

    /// <summary>Reads <c>TlsCert, TlsKey, TlsCA, Insecure</c>; the first three come together or not at all.</summary>
    public static TransportSecurity Read(ConfigSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var security = new TransportSecurity(
            section.Read(nameof(TlsCert), ConfigTypes.Text, "",
                "PEM file of this process's certificate; with TlsKey and TlsCA it turns on mutual TLS for all\n"
                + "connections between miner, agents, workers and store."),
            section.Read(nameof(TlsKey), ConfigTypes.Text, "", "PEM file of the certificate's private key, mode 0600."),
            section.Read(
                nameof(TlsCA), ConfigTypes.Text, "", "PEM file of the authorities that peers' certificates come from."),
            section.Read(nameof(Insecure), ConfigTypes.Flag, false,
                "Lets listeners that other machines reach go without TLS. Said at each start."));
        security.CheckFiles(section);
        return security;
    }

    private void CheckFiles(ConfigSection section)
    {
        var set = Files.Where(f => f.Value.Length > 0).ToArray();
        foreach (var (key, _) in Files.Where(f => f.Value.Length == 0 && set.Length > 0))
        {
            section.AddError(key, $"is missing, but {set[0].Key} is set: mutual TLS needs TlsCert, TlsKey and TlsCA");
        }

        foreach (var (key, value) in set.Where(f => !File.Exists(f.Value)))
        {
            section.AddError(key, $"= \"{value}\" names a file that does not exist");
        }
    }

    private IReadOnlyList<(string Key, string Value)> Files =>
        [(nameof(TlsCert), TlsCert), (nameof(TlsKey), TlsKey), (nameof(TlsCA), TlsCA)];
}
