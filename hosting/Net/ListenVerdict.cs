namespace Federation.Hosting.Net;

/// <summary>What <see cref="ListenPolicy"/> says of a listener.</summary>
public enum ListenVerdict
{
    /// <summary>Only this machine reaches it.</summary>
    Loopback,

    /// <summary>It uses mutual TLS.</summary>
    Protected,

    /// <summary>Other machines reach it without TLS, as was asked for by name.</summary>
    Insecure,

    /// <summary>Other machines would reach it without TLS: it must not be opened.</summary>
    Refused,
}
