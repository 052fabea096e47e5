using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Federation.Proto.Transport.Wire;

/// <summary>Reads a server's headers and trailers.</summary>
internal static class AnswerHeaders
{
    public static Metadata ToMetadata(HttpResponseHeaders headers)
    {
        var metadata = new Metadata();
        foreach (var header in headers.NonValidated)
        {
            foreach (var value in header.Value)
            {
                MetadataCodec.AddReceived(metadata, header.Key, value);
            }
        }

        return metadata;
    }

    /// <summary>
    /// Throws <see cref="RpcException"/> when the headers alone end the call: a status in them (an answer of trailers
    /// only), an HTTP error, another content type, or a compression that was not offered.
    /// </summary>
    public static void ThrowIfRefused(HttpResponseMessage response)
    {
        if (Value(response.Headers, HeaderNames.Status) is { } code)
        {
            ThrowUnlessOK(response.Headers, code);
            return;
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new RpcException(
                StatusMapping.FromHttp(response.StatusCode),
                string.Create(CultureInfo.InvariantCulture, $"The server answered HTTP {(int)response.StatusCode}."));
        }

        var contentType = response.Content.Headers.ContentType?.ToString();
        if (!HeaderNames.IsGrpc(contentType))
        {
            throw new RpcException(
                StatusCode.Unknown, $"The server answered with content type '{contentType}', which is not gRPC.");
        }

        if (Value(response.Headers, HeaderNames.Encoding) is { } encoding and not HeaderNames.Identity)
        {
            throw new RpcException(
                StatusCode.Unimplemented, $"The server compresses with '{encoding}', which is not supported.");
        }
    }

    /// <summary>
    /// The trailers of an answer that was read to its end and says OK; throws <see cref="RpcException"/> with any other
    /// status. A status that came with the headers is looked up there.
    /// </summary>
    public static Metadata CheckedTrailers(HttpResponseMessage response)
    {
        var headers = response.TrailingHeaders;
        var code = Value(headers, HeaderNames.Status);
        if (code is null)
        {
            headers = response.Headers;
            code = Value(headers, HeaderNames.Status)
                ?? throw new RpcException(StatusCode.Unknown, "The server ended the call without a status.");
        }

        ThrowUnlessOK(headers, code);
        return ToMetadata(headers);
    }

    private static void ThrowUnlessOK(HttpResponseHeaders headers, string code)
    {
        var status = StatusMapping.FromTrailers(code, Value(headers, HeaderNames.Message));
        if (status.Code != StatusCode.OK)
        {
            throw new RpcException(status, ToMetadata(headers));
        }
    }

    private static string? Value(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
