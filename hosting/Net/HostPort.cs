using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Federation.Hosting.Net;

/// <summary>A host, by name or address, and a TCP port.</summary>
/// <param name="Host">A DNS name or an IP address, IPv6 without brackets.</param>
/// <param name="Port">The port, 1 to 65535, or 0 where a listener may choose.</param>
public sealed record HostPort(string Host, int Port)
{
    private const string SchemeEnd = "://";
    private const int MaxPort = 65535;
    private const int MaxNameLength = 253;
    private const int MaxLabelLength = 63;

    /// <summary>Whether the host is this machine's loopback. A name other than <c>localhost</c> never is.</summary>
    public bool IsLoopback =>
        Host == "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>
    /// Reads <c>host:port</c> or <c>[ip6]:port</c>; on failure says what is wrong, without a full stop.
    /// </summary>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out HostPort? value, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        value = null;
        problem = Split(text, out var host, out var portText) ?? CheckHost(host);
        if (problem is not null)
        {
            return false;
        }

        if (!TryParsePort(portText, out var port) || port == 0)
        {
            problem = $"\"{portText}\" is no port from 1 to {MaxPort}";
            return false;
        }

        value = new HostPort(host, port);
        return true;
    }

    /// <summary>Prints the form that <see cref="TryParse"/> reads.</summary>
    public override string ToString() =>
        Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>Says what is wrong with a host name or address; null when nothing is.</summary>
    internal static string? CheckHost(string host)
    {
        if (host.Contains(':', StringComparison.Ordinal))
        {
            return IPAddress.TryParse(host, out var v6) && v6.AddressFamily == AddressFamily.InterNetworkV6
                ? null : $"\"{host}\" is no IPv6 address";
        }

        if (host.Contains(',', StringComparison.Ordinal))
        {
            return $"\"{host}\" has a comma where a dot should stand";
        }

        if (host.Length is 0 or > MaxNameLength || host.Split('.').Any(l => !IsLabel(l)))
        {
            return $"\"{host}\" is neither a host name nor an IP address";
        }

        // Four numbers that are no address would otherwise be taken for a name and fail only when it is looked up.
        var looksLikeV4 = host.All(c => char.IsAsciiDigit(c) || c == '.');
        return looksLikeV4 && !(host.Count(c => c == '.') == 3 && IPAddress.TryParse(host, out _))
            ? $"\"{host}\" is no IPv4 address" : null;
    }

    internal static bool TryParsePort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 0 and <= MaxPort;

    private static string? Split(string text, out string host, out string port)
    {
        host = port = "";
        var scheme = text.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (scheme >= 0)
        {
            return $"write it as \"host:port\", without \"{text[..(scheme + SchemeEnd.Length)]}\"";
        }

        if (text.StartsWith('/'))
        {
            return "it is a multiaddr; write it as \"host:port\"";
        }

        var colon = text.LastIndexOf(':');
        if (colon < 0 || text.EndsWith(']'))
        {
            return "the port is missing; write it as \"host:port\"";
        }

        host = text[..colon];
        port = text[(colon + 1)..];
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
            return null;
        }

        return host.Contains(':', StringComparison.Ordinal)
            ? "an IPv6 address must stand in brackets, as in \"[::1]:2379\"" : null;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabelLength
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        && label[0] != '-' && label[^1] != '-';
}
