using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Federation.Proto.Transport;

/// <summary>
/// Who this process is and whom it believes: its certificate with key, and the roots that a peer's certificate must
/// lead to. The system's roots are not asked. Immutable; lives as long as the process.
/// </summary>
public sealed class TlsCredentials
{
    private readonly X509Certificate2Collection _roots;

    /// <summary>Creates credentials.</summary>
    /// <param name="certificate">Own certificate with its private key; null for a client that shows none.</param>
    /// <param name="roots">Certificate authorities that are trusted, at least one.</param>
    /// <param name="intermediates">Certificates between the own one and its root.</param>
    public TlsCredentials(
        X509Certificate2? certificate,
        X509Certificate2Collection roots,
        X509Certificate2Collection? intermediates = null)
    {
        if (roots.Count == 0)
        {
            throw new ArgumentException("TLS needs at least one trusted root certificate.", nameof(roots));
        }

        if (certificate is { HasPrivateKey: false })
        {
            throw new ArgumentException(
                $"The certificate '{certificate.Subject}' has no private key.", nameof(certificate));
        }

        _roots = roots;
        Certificate = certificate;
        Context = certificate is null
            ? null
            : SslStreamCertificateContext.Create(certificate, intermediates, offline: true);
    }

    /// <summary>The own certificate, null where none is shown.</summary>
    public X509Certificate2? Certificate { get; }

    internal SslStreamCertificateContext? Context { get; }

    /// <summary>
    /// Reads PEM files: the certificate (and those between it and its root), its key, and the trusted roots. Throws
    /// <see cref="CryptographicException"/> or <see cref="IOException"/> for a file that cannot be used.
    /// </summary>
    public static TlsCredentials FromPemFiles(string certificateFile, string keyFile, string rootsFile)
    {
        var certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificateFile);
        chain.RemoveAt(0);
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(rootsFile);
        return roots.Count > 0
            ? new TlsCredentials(certificate, roots, chain)
            : throw new CryptographicException($"The file {rootsFile} holds no certificate.");
    }

    internal X509ChainPolicy PolicyFor(Oid keyUsage)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(_roots);
        policy.ApplicationPolicy.Add(keyUsage);
        return policy;
    }
}
