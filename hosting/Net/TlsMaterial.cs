using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Federation.Hosting.Repository;
using Federation.Proto.Transport;

namespace Federation.Hosting.Net;

/// <summary>
/// This process's certificate and the authorities that peers must come from, for gRPC and for HTTP. Both sides of every
/// connection are verified; there is no way to switch that off. Lives as long as the process.
/// </summary>
public sealed class TlsMaterial
{
    private readonly X509Certificate2Collection _authorities = [];
    private readonly SslStreamCertificateContext _context;

    private TlsMaterial(TransportSecurity security)
    {
        Credentials = TlsCredentials.FromPemFiles(security.TlsCert, security.TlsKey, security.TlsCA);
        _authorities.ImportFromPemFile(security.TlsCA);
        _context = SslStreamCertificateContext.Create(
            Credentials.Certificate!, additionalCertificates: null, offline: true);
    }

    /// <summary>The same for gRPC's channels and listeners.</summary>
    public TlsCredentials Credentials { get; }

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
            return new TlsMaterial(security);
        }
        catch (Exception e) when (
            e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OperatorException(
                $"the TLS files cannot be used: {e.Message}",
                $"check [SealAgent] TlsCert = \"{security.TlsCert}\", TlsKey = \"{security.TlsKey}\""
                    + $" and TlsCA = \"{security.TlsCA}\"",
                e);
        }
    }

    /// <summary>
    /// What an HTTP listener needs: its certificate, and a certificate of the authorities from each peer.
    /// </summary>
    public SslServerAuthenticationOptions ServerOptions() => new()
    {
        ServerCertificateContext = _context,
        ClientCertificateRequired = true,
        CertificateChainPolicy = Policy(),
    };

    /// <summary>What an HTTP client needs; the peer's certificate must name the host that is dialled.</summary>
    public SslClientAuthenticationOptions ClientOptions() => new()
    {
        ClientCertificateContext = _context,
        CertificateChainPolicy = Policy(),
    };

    /// <summary>
    /// Certificates are short-lived and come from the operator's own authority, so no revocation list is asked.
    /// </summary>
    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(_authorities);
        return policy;
    }
}
