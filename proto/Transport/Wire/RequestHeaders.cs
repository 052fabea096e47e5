using System.Net;

namespace Federation.Proto.Transport.Wire;

/// <summary>The HTTP request of a call.</summary>
internal static class RequestHeaders
{
    public static HttpRequestMessage Create(
        Uri address, string path, CallOptions options, Metadata? provided, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TryAddWithoutValidation("te", "trailers");
        if (options.Timeout is { } timeout)
        {
            request.Headers.TryAddWithoutValidation(HeaderNames.Timeout, GrpcTimeout.Format(timeout));
        }

        Add(request, provided);
        Add(request, options.Headers);
        return request;
    }

    private static void Add(HttpRequestMessage request, Metadata? metadata)
    {
        foreach (var entry in metadata ?? [])
        {
            request.Headers.TryAddWithoutValidation(entry.Key, MetadataCodec.EncodeValue(entry));
        }
    }
}
