using System.Diagnostics.CodeAnalysis;

namespace Federation.Discovery.Etcd;

/// <summary>Reads the addresses that operators write: host:port, or a URL.</summary>
internal static class EndpointAddress
{
    /// <summary>Reads one address; with TLS a bare host:port means https.</summary>
    public static bool TryParse(string text, bool isTls, [NotNullWhen(true)] out Uri? address)
    {
        var scheme = isTls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        var url = text.Contains("://", StringComparison.Ordinal) ? text.Trim() : $"{scheme}://{text.Trim()}";
        return Uri.TryCreate(url, UriKind.Absolute, out address)
            && address.Scheme == scheme
            && address.Host.Length > 0
            && HasPort(url, address)
            && address.PathAndQuery == "/";
    }

    /// <summary>A port that is the scheme's own is dropped by the parser, so it is looked for in the text.</summary>
    private static bool HasPort(string url, Uri address) =>
        !address.IsDefaultPort || url.TrimEnd('/').EndsWith($":{address.Port}", StringComparison.Ordinal);
}
