using Federation.Hosting.Config;

namespace Federation.Hosting.Net;

/// <summary>
/// Refuses listeners that other machines reach, unless mutual TLS or insecurity was asked for by name.
/// </summary>
public static class ListenPolicy
{
    /// <summary>Whether a listener may be opened, and how it is protected.</summary>
    public static ListenVerdict Judge(HostPort listener, TransportSecurity security)
    {
        ArgumentNullException.ThrowIfNull(listener);
        ArgumentNullException.ThrowIfNull(security);
        return security.UsesTls ? ListenVerdict.Protected
            : listener.IsLoopback ? ListenVerdict.Loopback
            : security.Insecure ? ListenVerdict.Insecure
            : ListenVerdict.Refused;
    }

    /// <summary>
    /// Reports a refused listener as an error of its key, and an insecure one as a warning at each start.
    /// </summary>
    public static void Check(ConfigSection section, string key, HostPort listener, TransportSecurity security)
    {
        ArgumentNullException.ThrowIfNull(section);
        switch (Judge(listener, security))
        {
            case ListenVerdict.Refused:
                section.AddError(
                    key,
                    $"= \"{listener.Host}\" can be reached by other machines: set [SealAgent] TlsCert, TlsKey"
                    + " and TlsCA, or [SealAgent] Insecure = true to go without protection, or a loopback address");
                break;
            case ListenVerdict.Insecure:
                section.AddWarning(key, $"= \"{listener.Host}\" is INSECURE: anyone who reaches it can read and write"
                    + " without TLS, because [SealAgent] Insecure = true");
                break;
            case ListenVerdict.Loopback or ListenVerdict.Protected:
                break;
        }
    }
}
