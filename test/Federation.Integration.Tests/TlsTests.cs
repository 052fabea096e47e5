using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Federation.Hosting.Repository;
using Federation.Integration.Tests.Support;

namespace Federation.Integration.Tests;

/// <summary>
/// A federation whose every connection is mutual TLS seals; whoever comes without a certificate of its authority is
/// refused at every port.
/// </summary>
[Collection(nameof(Federations))]
public sealed class TlsTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(4), Answer = TimeSpan.FromMinutes(1);

    [Fact]
    public Task Federation_OnTheEmbeddedStore_SealsOverMutualTlsAlone() => RunAsync(etcd: false);

    [EtcdFact]
    public Task Federation_OnEtcdWithClientCertificates_SealsOverMutualTlsAlone() => RunAsync(etcd: true);

    private static async Task RunAsync(bool etcd)
    {
        await using var federation =
            await TestFederation.StartAsync(new() { Etcd = etcd, Regions = 1, WorkersPerRegion = 1, Tls = true });
        var sectors = await federation.PledgeAsync(1);
        await federation.AllProveAsync(sectors, Bound);
        Assert.Contains(await federation.OutputOfAsync("sectors", "list"), static line =>
            line.Contains("Proving", StringComparison.Ordinal));

        var region = federation.Regions[0];
        int[] ports =
        [
            federation.StorePort, federation.ApiPort, federation.ServePort, federation.ServePort + 1,
            federation.ServePort + 100,
            region.ServePort, region.ServePort + 1, region.ServePort + 100,
        ];
        var stranger = new TestCertificates(federation.Folder, "stranger");
        foreach (var port in ports)
        {
            Assert.True(await IsServedAsync(federation, port, federation.Certificates),
                $"port {port} does not answer the federation's own certificate");
            Assert.False(await IsServedAsync(federation, port, null),
                $"port {port} answers a client without certificate");
            Assert.False(await IsServedAsync(federation, port, stranger),
                $"port {port} answers a certificate of another authority");
        }

        var token = await File.ReadAllTextAsync(Path.Combine(region.Repository, "token"));
        var own = RepositoryApi.Read(region.Repository, "miner-agent").ToSecretString();
        (await WorkerAsync(federation, own, "60s"))
            .AssertOneError("the agent of AGENT_API_INFO wants TLS", "give --tls-cert, --tls-key and --tls-ca");
        (await WorkerAsync(federation, own, "2s", stranger.Options))
            .AssertOneError("of AGENT_API_INFO within 2s (", "see that 'miner-agent run' runs there");
        (await WorkerAsync(federation, $"{token.Trim()}:/ip4/127.0.0.1/tcp/{region.ServePort}/http", "2s"))
            .AssertOneError("closed the connection before it said anything: it may want TLS", "files token and api");
    }

    private static async Task<CommandResult> WorkerAsync(
        TestFederation federation, string info, string patience, params string[] options)
    {
        var name = $"stranger-{Guid.NewGuid():N}";
        await using var process = ChildProcess.Start(
            name, Path.Combine(federation.Folder, name + ".log"), TestPrograms.Worker,
            ["run", "--start-timeout", patience, .. options],
            new Dictionary<string,
            string> { ["AGENT_API_INFO"] = info, ["WORKER_PATH"] = Path.Combine(federation.Folder, name) });
        return new CommandResult(
            await process.WaitAsync(TimeSpan.FromMinutes(3)), process.ReadShared().TrimEnd('\n').Split('\n'));
    }

    /// <summary>
    /// Whether a byte of an answer comes. A TLS 1.3 client has its handshake done before the server has looked at its
    /// certificate, so that only an answer tells.
    /// </summary>
    private static async Task<bool> IsServedAsync(TestFederation federation, int port, TestCertificates? shown)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, port).WaitAsync(Answer);
        await using var tls = new SslStream(tcp.GetStream());
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(federation.Certificates!.CAFile);
        try
        {
            using var certificate = shown is null ? null
                : X509Certificate2.CreateFromPemFile(shown.CertFile, shown.KeyFile);
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "127.0.0.1",
                CertificateChainPolicy = policy,
                ClientCertificateContext = certificate is null ? null
                    : SslStreamCertificateContext.Create(certificate, null, offline: true),
                ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            }).WaitAsync(Answer);
            var hello = tls.NegotiatedApplicationProtocol == SslApplicationProtocol.Http2
                ? "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0"
                : "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
            await tls.WriteAsync(Encoding.ASCII.GetBytes(hello));
            return await tls.ReadAsync(new byte[1]).AsTask().WaitAsync(Answer) > 0;
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            return false;
        }
    }
}
