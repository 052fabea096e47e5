using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Federation.Proto.Tests.Support;
using Federation.Proto.Transport;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Federation.Proto.Tests.Transport;

/// <summary>Mutual TLS with an authority of one's own: who gets in and who does not.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TestAuthority _ours = new("federation test authority");
    private readonly TestAuthority _theirs = new("somebody else's authority");

    public void Dispose()
    {
        _ours.Dispose();
        _theirs.Dispose();
    }

    [Fact]
    public async Task Mutual_SameAuthority_CallPassesAndServerKnowsTheClient()
    {
        var service = new ScriptedService
        {
            One = (_, context) => Task.FromResult(ScriptedMethods.Text(context.PeerCertificate!.Subject)),
        };
        await using var server =
            await TestServer.StartAsync(routes => routes.MapRpcService(service), _ours.Peer("miner"));
        using var channel = Channel(server, _ours.Peer("agent-1"));

        var response = await channel.Unary(ScriptedMethods.One, ScriptedMethods.Text("")).ResponseAsync.Bounded();

        Assert.Equal("CN=agent-1", response.Value.ToStringUtf8());
    }

    [Fact]
    public async Task Counter_WithTls_CountsBelowIt()
    {
        await using var server = await ServeAsync(_ours.Peer("miner"));
        await using var proxy = new TcpProxy(server.Address);
        using var channel = Channels.To(proxy.Address, new RpcChannelOptions { Tls = _ours.Peer("agent") });

        for (var i = 0; i < 10; i++)
        {
            await channel.Unary(ScriptedMethods.One, ScriptedMethods.Sized(5000)).ResponseAsync.Bounded();
        }

        await Bounds.BecomesTrueAsync(
            () => (channel.Counter.BytesSent, channel.Counter.BytesReceived) == (proxy.Up, proxy.Down));
        Assert.InRange(proxy.Up, 10 * 5000, long.MaxValue);
    }

    [Fact]
    public async Task Server_OfAnotherAuthority_IsRefusedByTheClient()
    {
        var server = new TlsCredentials(
            _theirs.Issue("miner", [TestAuthority.ServerUsage]), [X509Certificate2.CreateFromPem(_ours.RootPem)]);
        await AssertRefusedAsync(server, _ours.Peer("agent"));
    }

    [Fact]
    public async Task Client_OfAnotherAuthority_IsRefusedByTheServer()
    {
        var client = new TlsCredentials(
            _theirs.Issue("agent", [TestAuthority.ClientUsage]), [X509Certificate2.CreateFromPem(_ours.RootPem)]);
        await AssertRefusedAsync(_ours.Peer("miner"), client);
    }

    [Fact]
    public Task Client_WithoutCertificate_IsRefusedByTheServer() =>
        AssertRefusedAsync(_ours.Peer("miner"), _ours.Trusting(null));

    [Fact]
    public Task Client_WithAServersCertificateOnly_IsRefusedByTheServer() =>
        AssertRefusedAsync(_ours.Peer("miner"), _ours.Trusting(_ours.Issue("agent", [TestAuthority.ServerUsage])));

    [Fact]
    public Task Server_WithAClientsCertificateOnly_IsRefusedByTheClient() =>
        AssertRefusedAsync(_ours.Trusting(_ours.Issue("miner", [TestAuthority.ClientUsage])), _ours.Peer("agent"));

    [Fact]
    public Task Server_OfAnotherAddress_IsRefusedByTheClient() =>
        AssertRefusedAsync(
            _ours.Trusting(_ours.Issue("miner", [TestAuthority.ServerUsage], IPAddress.Parse("10.9.8.7"))),
            _ours.Peer("agent"));

    [Fact]
    public Task Client_Expired_IsRefusedByTheServer()
    {
        var now = TimeProvider.System.GetUtcNow();
        var expired = _ours.Issue(
            "agent", [TestAuthority.ClientUsage], from: now.AddHours(-5), to: now.AddHours(-2));
        return AssertRefusedAsync(_ours.Peer("miner"), _ours.Trusting(expired));
    }

    [Fact]
    public async Task Client_WithoutTls_IsRefusedByATlsServer()
    {
        await using var server = await ServeAsync(_ours.Peer("miner"));
        using var channel = Channels.To(new Uri($"http://127.0.0.1:{server.Address.Port}"));
        await RpcAssert.EndsWithAsync(
            StatusCode.Unavailable, channel.Unary(ScriptedMethods.One, ScriptedMethods.Text("")).ResponseAsync);
    }

    [Fact]
    public async Task FromPemFiles_WrittenByOurselves_ServesAndCalls()
    {
        var folder = Directory.CreateTempSubdirectory("federation-tls-");
        try
        {
            var (certificate, key, root) = WritePem(folder.FullName);
            var credentials = TlsCredentials.FromPemFiles(certificate, key, root);
            await using var server = await ServeAsync(credentials);
            using var channel = Channel(server, credentials);

            var answer = await channel.Unary(ScriptedMethods.One, ScriptedMethods.Text("hello"))
                .ResponseAsync.Bounded();

            Assert.Equal("hello", answer.Value.ToStringUtf8());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void FromPemFiles_FileWithoutPem_IsACryptographicFailure(int which)
    {
        var folder = Directory.CreateTempSubdirectory("federation-tls-");
        try
        {
            var (certificate, key, root) = WritePem(folder.FullName);
            File.WriteAllText(which switch { 0 => certificate, 1 => key, _ => root }, "no certificate\n");
            Assert.Throws<CryptographicException>(() => TlsCredentials.FromPemFiles(certificate, key, root));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Credentials_WithoutRootsOrKey_AreRefused()
    {
        using var keyless = X509Certificate2.CreateFromPem(_ours.RootPem);
        Assert.Throws<ArgumentException>(() => new TlsCredentials(null, []));
        Assert.Throws<ArgumentException>(() => new TlsCredentials(keyless, [keyless]));
    }

    [Fact]
    public void RpcChannel_TlsForAnHttpAddress_IsRefused() =>
        Assert.Throws<ArgumentException>(
            () => new RpcChannel("http://127.0.0.1:1", new RpcChannelOptions { Tls = _ours.Peer("agent") }));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.1")]
    public void ListenRpc_OpenAddressWithoutTls_IsRefusedUnlessAskedFor(string address)
    {
        var endPoint = new IPEndPoint(IPAddress.Parse(address), 0);
        Assert.Throws<ArgumentException>(() => new KestrelServerOptions().ListenRpc(endPoint));
        new KestrelServerOptions().ListenRpc(endPoint, allowInsecure: true);
    }

    private static RpcChannel Channel(TestServer server, TlsCredentials tls) =>
        Channels.To(new Uri($"https://127.0.0.1:{server.Address.Port}"), new RpcChannelOptions { Tls = tls });

    private static Task<TestServer> ServeAsync(TlsCredentials tls) =>
        TestServer.StartAsync(routes => routes.MapRpcService(new ScriptedService()), tls);

    private static async Task AssertRefusedAsync(TlsCredentials server, TlsCredentials client)
    {
        var ran = false;
        var service = new ScriptedService
        {
            One = (request, _) =>
            {
                ran = true;
                return Task.FromResult(request);
            },
        };
        await using var listening = await TestServer.StartAsync(routes => routes.MapRpcService(service), server);
        using var channel = Channel(listening, client);

        await RpcAssert.EndsWithAsync(
            StatusCode.Unavailable, channel.Unary(ScriptedMethods.One, ScriptedMethods.Text("")).ResponseAsync);
        Assert.False(ran);
    }

    private (string Certificate, string Key, string Root) WritePem(string folder)
    {
        using var certificate = _ours.Issue("both", [TestAuthority.ServerUsage, TestAuthority.ClientUsage]);
        var paths = (Path.Combine(folder, "c.pem"), Path.Combine(folder, "k.pem"), Path.Combine(folder, "r.pem"));
        File.WriteAllText(paths.Item1, certificate.ExportCertificatePem());
        File.WriteAllText(paths.Item2, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(paths.Item3, _ours.RootPem);
        return paths;
    }
}
