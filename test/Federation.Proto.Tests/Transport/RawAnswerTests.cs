using Federation.Proto.Tests.Support;
using Federation.Proto.Transport;
using Federation.Proto.Transport.Wire;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Federation.Proto.Tests.Transport;

/// <summary>The client against servers that answer in every way that HTTP/2 allows.</summary>
public sealed class RawAnswerTests
{
    private static readonly byte[] Frame1 = Wire(ScriptedMethods.Text("one"));
    private static readonly byte[] Frame2 = Wire(ScriptedMethods.Text("two"));

    [Fact]
    public async Task Unary_MessageByteByByte_IsPutTogether()
    {
        var response = await CallAsync(async http =>
        {
            foreach (var value in Frame1)
            {
                await http.Response.Body.WriteAsync(new[] { value });
                await http.Response.Body.FlushAsync();
            }

            http.Response.AppendTrailer("grpc-status", "0");
        });
        Assert.Equal("one", response.Value.ToStringUtf8());
    }

    [Fact]
    public async Task ServerStreaming_TwoMessagesInOneDataFrame_BothArrive()
    {
        await using var server = await ServeAsync(async http =>
        {
            await http.Response.Body.WriteAsync((byte[])[.. Frame1, .. Frame2]);
            http.Response.AppendTrailer("grpc-status", "0");
        });
        using var channel = server.Connect();
        using var call = channel.ServerStreaming(ScriptedMethods.Expand, ScriptedMethods.Text(""));

        Assert.Equal(["one", "two"], await ReadAllAsync(call));
    }

    [Fact]
    public async Task ServerStreaming_TrailersOnlyOK_IsAnEmptyStream()
    {
        await using var server = await ServeAsync(http =>
        {
            http.Response.Headers["grpc-status"] = "0";
            return Task.CompletedTask;
        });
        using var channel = server.Connect();
        using var call = channel.ServerStreaming(ScriptedMethods.Expand, ScriptedMethods.Text(""));

        Assert.Empty(await ReadAllAsync(call));
        Assert.Equal(Status.OK, call.GetStatus());
    }

    [Fact]
    public async Task Unary_TrailersOnlyError_CarriesStatusMessageAndMetadata()
    {
        var e = await AssertFailsAsync(StatusCode.InvalidArgument, http =>
        {
            http.Response.Headers["grpc-status"] = "3";
            http.Response.Headers["grpc-message"] = "ticket%20too short%0A%ZZ";
            http.Response.Headers["remedy"] = "32 bytes";
            return Task.CompletedTask;
        });
        Assert.Equal("ticket too short\n%ZZ", e.Status.Detail);
        Assert.Equal("32 bytes", e.Trailers.GetValue("remedy"));
    }

    [Theory]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(500, StatusCode.Unknown)]
    public Task Unary_HttpErrorWithoutStatus_IsMapped(int code, StatusCode expected) =>
        AssertFailsAsync(expected, http =>
        {
            http.Response.StatusCode = code;
            return Task.CompletedTask;
        });

    [Fact]
    public Task Unary_HttpErrorWithStatus_TheStatusCounts() =>
        AssertFailsAsync(StatusCode.NotFound, http =>
        {
            http.Response.StatusCode = 503;
            http.Response.Headers["grpc-status"] = "5";
            return Task.CompletedTask;
        });

    [Fact]
    public Task Unary_OtherContentType_IsUnknown() =>
        AssertFailsAsync(StatusCode.Unknown, http =>
        {
            http.Response.ContentType = "text/html";
            return http.Response.WriteAsync("<html>");
        });

    [Fact]
    public Task Unary_NoStatusAtTheEnd_IsUnknown() =>
        AssertFailsAsync(StatusCode.Unknown, http => http.Response.Body.WriteAsync(Frame1).AsTask());

    [Fact]
    public Task Unary_OKWithoutMessage_IsInternal() =>
        AssertFailsAsync(StatusCode.Internal, async http =>
        {
            await http.Response.StartAsync();
            http.Response.AppendTrailer("grpc-status", "0");
        });

    [Fact]
    public Task Unary_TwoMessages_IsInternal() =>
        AssertFailsAsync(StatusCode.Internal, async http =>
        {
            await http.Response.Body.WriteAsync((byte[])[.. Frame1, .. Frame2]);
            http.Response.AppendTrailer("grpc-status", "0");
        });

    [Fact]
    public Task Unary_EndInsideAMessage_IsInternal() =>
        AssertFailsAsync(StatusCode.Internal, async http =>
        {
            await http.Response.Body.WriteAsync(Frame1.AsMemory(0, Frame1.Length - 1));
            http.Response.AppendTrailer("grpc-status", "0");
        });

    [Fact]
    public Task Unary_EndInsideAMessageWithAnError_TheErrorCounts() =>
        AssertFailsAsync(StatusCode.DataLoss, async http =>
        {
            await http.Response.Body.WriteAsync(Frame1.AsMemory(0, Frame1.Length - 1));
            http.Response.AppendTrailer("grpc-status", "15");
        });

    [Fact]
    public Task Unary_CompressedFlagWithoutEncoding_IsInternal() =>
        AssertFailsAsync(StatusCode.Internal, http => http.Response.Body.WriteAsync((byte[])[1, .. Frame1[1..]]).AsTask());

    [Fact]
    public Task Unary_UnknownEncoding_IsUnimplemented() =>
        AssertFailsAsync(StatusCode.Unimplemented, http =>
        {
            http.Response.Headers["grpc-encoding"] = "gzip";
            return http.Response.Body.WriteAsync((byte[])[1, .. Frame1[1..]]).AsTask();
        });

    [Fact]
    public Task Unary_BytesThatAreNoMessage_IsInternal() =>
        AssertFailsAsync(StatusCode.Internal, async http =>
        {
            await http.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, 2, 0x0A, 0x7F });
            http.Response.AppendTrailer("grpc-status", "0");
        });

    [Theory]
    [InlineData(0, StatusCode.Internal)]
    [InlineData(1, StatusCode.Internal)]
    [InlineData(2, StatusCode.Internal)]
    [InlineData(3, StatusCode.Internal)]
    [InlineData(8, StatusCode.Cancelled)]
    [InlineData(11, StatusCode.ResourceExhausted)]
    [InlineData(12, StatusCode.PermissionDenied)]
    [InlineData(13, StatusCode.Internal)]
    [InlineData(99, StatusCode.Unknown)]
    public async Task ServerStreaming_ResetAfterAMessage_IsMappedByItsCode(int code, StatusCode expected)
    {
        var read = new TaskCompletionSource();
        await using var server = await ServeAsync(async http =>
        {
            await http.Response.Body.WriteAsync(Frame1);
            await http.Response.Body.FlushAsync();
            await read.Task.Bounded();
            http.Features.GetRequiredFeature<IHttpResetFeature>().Reset(code);
        });
        using var channel = server.Connect();
        using var call = channel.ServerStreaming(ScriptedMethods.Expand, ScriptedMethods.Text(""));

        Assert.True(await call.ResponseStream.MoveNext().Bounded());
        read.SetResult();
        await RpcAssert.EndsWithAsync(expected, call.ResponseStream.MoveNext());
        Assert.Equal(expected, call.GetStatus().Code);
    }

    [Theory]
    [InlineData(2, StatusCode.Internal)]
    [InlineData(7, StatusCode.Unavailable)]
    [InlineData(8, StatusCode.Cancelled)]
    public Task Unary_ResetBeforeHeaders_IsMappedByItsCode(int code, StatusCode expected) =>
        AssertFailsAsync(expected, http =>
        {
            http.Features.GetRequiredFeature<IHttpResetFeature>().Reset(code);
            return Task.CompletedTask;
        });

    [Fact]
    public async Task Unary_StreamRefusedOnce_IsSentAgainBelowAndAnswered()
    {
        var asked = 0;
        var response = await CallAsync(http => RefuseOnceAsync(http, ++asked));
        Assert.Equal("one", response.Value.ToStringUtf8());
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Duplex_StreamRefused_IsUnavailableForReaderAndWriter()
    {
        for (var round = 0; round < 20; round++)
        {
            var asked = 0;
            await using var server = await ServeAsync(http => RefuseOnceAsync(http, ++asked));
            using var channel = server.Connect();
            using var call = channel.Duplex(ScriptedMethods.Chat);

            await RpcAssert.EndsWithAsync(StatusCode.Unavailable, call.ResponseStream.MoveNext());
            await RpcAssert.EndsWithAsync(
                StatusCode.Unavailable, call.RequestStream.WriteAsync(ScriptedMethods.Text("a")));
        }
    }

    private static async Task RefuseOnceAsync(HttpContext http, int asked)
    {
        if (asked == 1)
        {
            http.Features.GetRequiredFeature<IHttpResetFeature>().Reset((int)Http2ErrorCode.RefusedStream);
            return;
        }

        await http.Response.Body.WriteAsync(Frame1);
        http.Response.AppendTrailer("grpc-status", "0");
    }

    private static byte[] Wire(BytesValue message) => Frame.Encode(message, null);

    private static Task<TestServer> ServeAsync(RequestDelegate answer) =>
        TestServer.StartAsync(routes => routes.MapPost("/{service}/{method}", async http =>
        {
            http.Response.ContentType = "application/grpc";
            await answer(http);
        }));

    private static async Task<BytesValue> CallAsync(RequestDelegate answer)
    {
        await using var server = await ServeAsync(answer);
        using var channel = server.Connect();
        return await channel.Unary(ScriptedMethods.One, ScriptedMethods.Text("")).ResponseAsync.Bounded();
    }

    private static Task<RpcException> AssertFailsAsync(StatusCode expected, RequestDelegate answer) =>
        RpcAssert.EndsWithAsync(expected, CallAsync(answer));

    private static async Task<List<string>> ReadAllAsync(ServerStreamingCall<BytesValue> call)
    {
        var texts = new List<string>();
        while (await call.ResponseStream.MoveNext().Bounded())
        {
            texts.Add(call.ResponseStream.Current.Value.ToStringUtf8());
        }

        return texts;
    }
}
