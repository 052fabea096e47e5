using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Federation.Hosting.Repository;

namespace Federation.Hosting.Net;

/// <summary>
/// This process's certificate and the authorities that peers must come from. Both sides of every connection are
/// verified; there is no way to switch that off.
/// </summary>
public sealed class TlsMaterial : IDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2Collection _authorities;

    private TlsMaterial(X509Certificate2 certificate, X509Certificate2Collection authorities)
    {
        _certificate = certificate;
        _authorities = authorities;
    }

    /// <summary>Loads the files; null when no TLS is configured.</summary>
    /// <exception cref="OperatorException">A file is missing, open to others, or not what it should be.</exception>
    public static TlsMaterial? Load(TransportSecurity security)
    {
        ArgumentNullException.ThrowIfNull(security);
        if (!security.UsesTls)
        {
            return null;
        }

        try
        {
            SecretFiles.RequirePrivate(security.TlsKey);
            var certificate = X509Certificate2.CreateFromPemFile(security.TlsCert, security.TlsKey);
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(security.TlsCA);
            return authorities.Count > 0
                ? new TlsMaterial(certificate, authorities)
                : throw new OperatorException($"[SealAgent] TlsCA = \"{security.TlsCA}\" holds no certificate");
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new OperatorException(
                $"the TLS files cannot be used: {e.Message}",
                $"check [SealAgent] TlsCert = \"{security.TlsCert}\", TlsKey = \"{security.TlsKey}\" and TlsCA = \"{security.TlsCA}\"",
                e);
        }
    }

    /// <summary>What a listener needs: its certificate, and a client certificate of the authorities from each peer.</summary>
    public SslServerAuthenticationOptions ServerOptions() => new()
    {
        ServerCertificateContext = SslStreamCertificateContext.Create(_certificate, additionalCertificates: null, offline: true),
        ClientCertificateRequired = true,
        CertificateChainPolicy = Policy(),
    };

    /// <summary>What a dialler needs; the peer's certificate must name <paramref name="host"/>.</summary>
    public SslClientAuthenticationOptions ClientOptions(string host) => new()
    {
        TargetHost = host,
        ClientCertificateContext = SslStreamCertificateContext.Create(_certificate, additionalCertificates: null, offline: true),
        CertificateChainPolicy = Policy(),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _certificate.Dispose();
        foreach (var authority in _authorities)
        {
            authority.Dispose();
        }
    }

    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(_authorities);
        return policy;
    }
}
