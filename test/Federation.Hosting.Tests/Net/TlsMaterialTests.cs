using System.Net;
using Federation.Hosting.Http;
using Federation.Hosting.JsonRpc;
using Federation.Hosting.Net;
using Federation.Hosting.Tests.JsonRpc;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Hosting.Tests.Net;

public sealed class TlsMaterialTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _ours;
    private readonly TestAuthority _theirs;

    public TlsMaterialTests()
    {
        _ours = new TestAuthority(_folder, "ours");
        _theirs = new TestAuthority(_folder, "theirs");
    }

    [Fact]
    public async Task Call_BothOfOneAuthority_Succeeds() => Assert.Equal("x", await EchoAsync(_ours.Issue("client")));

    [Fact]
    public async Task Call_ClientOfAnotherAuthority_IsRefused() =>
        await Assert.ThrowsAsync<OperatorException>(() => EchoAsync(_theirs.Issue("client", trusted: _ours)));

    [Fact]
    public async Task Call_ClientThatTrustsAnotherAuthority_Refuses() =>
        await Assert.ThrowsAsync<OperatorException>(() => EchoAsync(_ours.Issue("client", trusted: _theirs)));

    [Fact]
    public async Task Call_ClientWithoutCertificate_IsRefused() =>
        await Assert.ThrowsAsync<OperatorException>(() => EchoAsync(TransportSecurity.LoopbackOnly));

    [Fact]
    public void Load_NoTls_IsNull() => Assert.Null(TlsMaterial.Load(TransportSecurity.LoopbackOnly));

    [Fact]
    public void Load_KeyOpenToOthers_IsRefused()
    {
        var security = _ours.Issue("open");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(security.TlsKey, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        }

        var error = Assert.Throws<OperatorException>(() => TlsMaterial.Load(security));

        Assert.EndsWith("are too relaxed: required: 0600, got: 0404", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WrongFiles_NameAllThree()
    {
        var good = _ours.Issue("good");
        File.WriteAllText(_folder["empty.pem"], "");
        var wrong = new[]
        {
            good with { TlsCA = _folder["empty.pem"] },
            good with { TlsCert = _folder["empty.pem"] },
            good with { TlsKey = _ours.Issue("other").TlsKey },
            good with { TlsCA = _folder["missing.pem"] },
        };

        foreach (var security in wrong)
        {
            var error = Assert.Throws<OperatorException>(() => TlsMaterial.Load(security));
            Assert.StartsWith("the TLS files cannot be used: ", error.Message, StringComparison.Ordinal);
            Assert.Contains($"TlsCA = \"{security.TlsCA}\"", error.Remedy, StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        _ours.Dispose();
        _theirs.Dispose();
        _folder.Dispose();
    }

    private async Task<string> EchoAsync(TransportSecurity clientSecurity)
    {
        var server = new JsonRpcServer(
            JsonRpcServerFixture.Methods(), new ApiTokens(new byte[32]), NullLogger<JsonRpcServer>.Instance);
        await using var host = await HttpHost.StartAsync(
            new(new(IPAddress.Loopback, 0), "test", "key"),
            TlsMaterial.Load(_ours.Issue("server")),
            server.MapTo,
            NullLoggerFactory.Instance);
        var api = new ApiInfo(null, Multiaddr.FromEndPoint(host.Endpoint, "https"));
        using var client = new JsonRpcClient(api, "miner", TimeSpan.FromMinutes(1), TlsMaterial.Load(clientSecurity));
        return await client.CallAsync<string>("Echo", ["x"]);
    }
}
