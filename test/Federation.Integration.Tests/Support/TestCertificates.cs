using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Federation.Hosting.Net;

namespace Federation.Integration.Tests.Support;

/// <summary>An authority of the test's own and one certificate of it for 127.0.0.1, good for servers and clients, as
/// PEM files.</summary>
public sealed class TestCertificates
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1", ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private static readonly TimeSpan Early = TimeSpan.FromHours(1), Lifetime = TimeSpan.FromDays(1);

    public TestCertificates(string folder, string name)
    {
        (CertFile, KeyFile, CAFile) = (
            Path.Combine(folder, name + ".pem"), Path.Combine(folder, name + ".key"),
            Path.Combine(folder, name + "-ca.pem"));
        var now = TimeProvider.System.GetUtcNow();
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name} authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        using var authority = request.CreateSelfSigned(now - Early, now + Lifetime);
        File.WriteAllText(CAFile, authority.ExportCertificatePem());

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid(ServerAuthentication), new Oid(ClientAuthentication)], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate =
            request.Create(authority, now - Early, now + (Lifetime / 2), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(CertFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    public string CertFile { get; }

    public string KeyFile { get; }

    public string CAFile { get; }

    public TransportSecurity Security => new(CertFile, KeyFile, CAFile, Insecure: false);

    /// <summary>The worker's options.</summary>
    public string[] Options => ["--tls-cert", CertFile, "--tls-key", KeyFile, "--tls-ca", CAFile];
}
