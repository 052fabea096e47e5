using System.Net;
using System.Net.Http.Headers;

namespace Federation.Proto.Tests.Support;

/// <summary>Requests that our own client would never send.</summary>
internal static class RawRequest
{
    public static async Task<HttpResponseMessage> PostAsync(
        Uri server, string path, byte[] body, Action<HttpRequestMessage>? change = null)
    {
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TryAddWithoutValidation("te", "trailers");
        change?.Invoke(request);
        var response = await invoker.SendAsync(request, CancellationToken.None).Bounded();
        await response.Content.LoadIntoBufferAsync().Bounded();
        return response;
    }

    /// <summary>The status, wherever it was put.</summary>
    public static string? Status(this HttpResponseMessage response) =>
        response.Headers.TryGetValues("grpc-status", out var values)
        || response.TrailingHeaders.TryGetValues("grpc-status", out values)
            ? values.Single()
            : null;
}
