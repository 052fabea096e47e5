using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Federation.Hosting.Net;
using Federation.Hosting.Repository;
using System.Text;

namespace Federation.Hosting.Tests.Net;

/// <summary>A certificate authority of a test's own that writes PEM files into a folder.</summary>
internal sealed class TestAuthority(TempFolder folder, string name) : IDisposable
{
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly X509Certificate2 _root = CreateRoot(name);

    /// <summary>
    /// Files of a new certificate for this machine's loopback, with the authority that its owner trusts.
    /// </summary>
    internal TransportSecurity Issue(string owner, TestAuthority? trusted = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={owner}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(_root, From, To, RandomNumberGenerator.GetBytes(16));
        return new TransportSecurity(
            Write($"{name}-{owner}.pem", certificate.ExportCertificatePem()),
            Write($"{name}-{owner}.key", key.ExportPkcs8PrivateKeyPem()),
            Write($"{name}-{owner}-ca.pem", (trusted ?? this)._root.ExportCertificatePem()),
            Insecure: false);
    }

    public void Dispose() => _root.Dispose();

    private static X509Certificate2 CreateRoot(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(From, To);
    }

    private string Write(string file, string pem)
    {
        AtomicFile.Write(folder[file], Encoding.ASCII.GetBytes(pem), AtomicFile.Secret);
        return folder[file];
    }
}
