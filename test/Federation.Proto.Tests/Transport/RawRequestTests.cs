using System.Net;
using System.Net.Http.Headers;
using Federation.Proto.Tests.Support;
using Federation.Proto.Transport;
using Federation.Proto.Transport.Wire;

namespace Federation.Proto.Tests.Transport;

/// <summary>The server against requests that break the protocol.</summary>
public sealed class RawRequestTests
{
    private const string One = $"/{ScriptedMethods.ServiceName}/One";

    private static readonly byte[] Message = Frame.Encode(ScriptedMethods.Text("x"), null);

    [Fact]
    public Task Unary_CompressedFlagWithoutEncoding_IsInternal() => AssertAnswersAsync("13", [1, .. Message[1..]]);

    [Fact]
    public Task Unary_NoMessage_IsInternal() => AssertAnswersAsync("13", []);

    [Fact]
    public Task Unary_TwoMessages_IsInternal() => AssertAnswersAsync("13", [.. Message, .. Message]);

    [Fact]
    public Task Unary_EndInsideAMessage_IsInternal() => AssertAnswersAsync("13", Message[..^1]);

    [Fact]
    public Task Unary_BytesThatAreNoMessage_IsInternal() => AssertAnswersAsync("13", [0, 0, 0, 0, 2, 0x0A, 0x7F]);

    [Fact]
    public Task Unary_LengthOverTheLimit_IsResourceExhausted() => AssertAnswersAsync("8", [0, 0x7F, 0, 0, 0, 1, 2, 3]);

    [Theory]
    [InlineData("1")]
    [InlineData("123456789S")]
    [InlineData("1x")]
    public Task Unary_MalformedTimeout_IsInternal(string timeout) =>
        AssertAnswersAsync("13", Message, request => request.Headers.Add("grpc-timeout", timeout));

    [Fact]
    public async Task Unary_DeadlinePassesOnTheServer_IsDeadlineExceeded()
    {
        var service = new ScriptedService
        {
            One = async (request, context) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
                return request;
            },
        };
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service));
        using var response = await RawRequest.PostAsync(
            server.Address, One, Message, request => request.Headers.Add("grpc-timeout", "50m"));
        Assert.Equal("4", response.Status());
    }

    [Fact]
    public async Task Unary_UnknownEncoding_IsUnimplementedAndSaysWhatIsSupported()
    {
        using var response =
            await AssertAnswersAsync("12", Message, request => request.Headers.Add("grpc-encoding", "gzip"));
        Assert.Equal("identity", response.Headers.GetValues("grpc-accept-encoding").Single());
    }

    [Fact]
    public async Task Unary_IdentityEncodingAndContentSubtype_AreAccepted()
    {
        using var response = await AssertAnswersAsync("0", Message, request =>
        {
            request.Headers.Add("grpc-encoding", "identity");
            request.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/grpc+proto");
        });
    }

    [Theory]
    [InlineData($"/{ScriptedMethods.ServiceName}/Nothing")]
    [InlineData($"/{ScriptedMethods.ServiceName}/one")]
    [InlineData("/federation.test.SCRIPTED/One")]
    public async Task UnknownMethod_IsUnimplemented(string path)
    {
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(new ScriptedService()));
        using var response = await RawRequest.PostAsync(server.Address, path, Message);
        Assert.Equal("12", response.Status());
    }

    [Fact]
    public async Task UnknownService_IsUnimplementedToOurClient()
    {
        await using var server = await TestServer.StartAsync(_ => { });
        using var channel = server.Connect();
        await RpcAssert.EndsWithAsync(
            StatusCode.Unimplemented, channel.Unary(ScriptedMethods.One, ScriptedMethods.Text("")).ResponseAsync);
    }

    [Fact]
    public async Task OtherContentType_IsUnsupportedMediaType()
    {
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(new ScriptedService()));
        using var response = await RawRequest.PostAsync(
            server.Address,
            One,
            Message,
            request => request.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/grpcx"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    private static async Task<HttpResponseMessage> AssertAnswersAsync(
        string status, byte[] body, Action<HttpRequestMessage>? change = null)
    {
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(new ScriptedService()));
        var response = await RawRequest.PostAsync(server.Address, One, body, change);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(status, response.Status());
        return response;
    }
}
