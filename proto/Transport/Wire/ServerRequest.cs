using Microsoft.AspNetCore.Http;

namespace Federation.Proto.Transport.Wire;

/// <summary>Checks of a request before it becomes a call.</summary>
internal static class ServerRequest
{
    /// <summary>Answers a request that is no call of the method, and returns false.</summary>
    public static bool TryAccept(HttpContext http, string path, out TimeSpan? timeout)
    {
        timeout = null;
        if (!HttpProtocol.IsHttp2(http.Request.Protocol))
        {
            http.Response.StatusCode = StatusCodes.Status505HttpVersionNotsupported;
            return false;
        }

        if (!HeaderNames.IsGrpc(http.Request.ContentType))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return false;
        }

        http.Response.ContentType = HeaderNames.ContentType;
        if (Objection(http, path, ref timeout) is not { } status)
        {
            return true;
        }

        ServerHeaders.WriteStatus(http.Response, status, [], hasMessages: false);
        return false;
    }

    public static Metadata Merge(Metadata first, Metadata second)
    {
        var merged = new Metadata();
        foreach (var entry in first.Concat(second))
        {
            merged.AddReceived(entry);
        }

        return merged;
    }

    private static Status? Objection(HttpContext http, string path, ref TimeSpan? timeout)
    {
        // Routing does not look at case; the protocol does.
        if (!string.Equals(http.Request.Path.Value, path, StringComparison.Ordinal))
        {
            return new Status(StatusCode.Unimplemented, $"There is no method '{http.Request.Path.Value}'.");
        }

        var encoding = http.Request.Headers[HeaderNames.Encoding].ToString();
        if (encoding is not ("" or HeaderNames.Identity))
        {
            http.Response.Headers[HeaderNames.AcceptEncoding] = HeaderNames.Identity;
            return new Status(StatusCode.Unimplemented, $"Compression '{encoding}' is not supported.");
        }

        if (http.Request.Headers.TryGetValue(HeaderNames.Timeout, out var text))
        {
            if (!GrpcTimeout.TryParse(text, out var parsed))
            {
                return new Status(StatusCode.Internal, "The header grpc-timeout is malformed.");
            }

            timeout = parsed;
        }

        return null;
    }
}
