using System.Diagnostics.CodeAnalysis;

namespace Federation.Hosting.Net;

/// <summary>
/// How to reach a daemon: <c>TOKEN:MULTIADDR</c>, the text of <c>MINER_API_INFO</c> and <c>AGENT_API_INFO</c>. Printing
/// it never shows the token.
/// </summary>
/// <param name="Token">The token, or null to come as a reader.</param>
/// <param name="Address">Where the daemon listens.</param>
public sealed record ApiInfo(string? Token, Multiaddr Address)
{
    /// <summary>
    /// Reads one entry. As in Lotus there is no token when the text starts with a slash; an <c>http://</c> address
    /// may stand for a multiaddr. On failure says what is wrong, without a full stop and without the token.
    /// </summary>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out ApiInfo? value, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        value = null;
        text = text.Trim();
        string? token = null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (!text.StartsWith('/') && colon >= 0 && !text.AsSpan(colon + 1).StartsWith("//"))
        {
            token = text[..colon];
            text = text[(colon + 1)..];
        }

        if (token is "")
        {
            problem = "the token before the colon is empty";
            return false;
        }

        if (!TryParseAddress(text, out var address, out problem))
        {
            problem = token is null && !text.StartsWith('/')
                ? "it is not TOKEN:MULTIADDR, such as eyJ...:/ip4/127.0.0.1/tcp/2345/http"
                : $"after the token, {problem}";
            return false;
        }

        value = new ApiInfo(token, address);
        return true;
    }

    /// <summary>Reads a comma-separated list of entries, each a daemon that answers for the same miner.</summary>
    public static bool TryParseList(
        string text, [NotNullWhen(true)] out IReadOnlyList<ApiInfo>? values, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        values = null;
        var list = new List<ApiInfo>();
        foreach (var entry in text.Split(','))
        {
            if (!TryParse(entry, out var value, out problem))
            {
                return false;
            }

            list.Add(value);
        }

        values = list;
        problem = null;
        return true;
    }

    /// <summary>
    /// The text that <see cref="TryParse"/> reads, token included: only for the environment of a child or a file.
    /// </summary>
    public string ToSecretString() => Token is null ? Address.ToString() : $"{Token}:{Address}";

    /// <summary>Prints the entry with its token hidden.</summary>
    public override string ToString() => Token is null ? Address.ToString() : $"<token>:{Address}";

    private static bool TryParseAddress(
        string text, [NotNullWhen(true)] out Multiaddr? address, [NotNullWhen(false)] out string? problem)
    {
        if (text.StartsWith('/') || !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https" or "ws" or "wss"))
        {
            return Multiaddr.TryParse(text, out address, out problem);
        }

        var kind = uri.HostNameType switch
        {
            UriHostNameType.IPv4 => "ip4",
            UriHostNameType.IPv6 => "ip6",
            _ => "dns",
        };
        problem = HostPort.CheckHost(uri.DnsSafeHost);
        address = problem is null ? new Multiaddr(kind, uri.DnsSafeHost, uri.Port, uri.Scheme) : null;
        return address is not null;
    }
}
