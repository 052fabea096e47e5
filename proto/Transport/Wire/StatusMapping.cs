using System.Net;
using System.Security.Authentication;

namespace Federation.Proto.Transport.Wire;

/// <summary>What a failure below gRPC means as a status.</summary>
internal static class StatusMapping
{
    private const uint MaxCode = (uint)StatusCode.Unauthenticated;

    /// <summary>
    /// Reads <c>grpc-status</c> and <c>grpc-message</c>; a status that is no known number is Unknown.
    /// </summary>
    public static Status FromTrailers(string code, string? message)
    {
        var detail = PercentEncoding.Decode(message ?? string.Empty);
        return DecimalDigits.TryParse(code, out var number) && number <= MaxCode
            ? new Status((StatusCode)number, detail)
            : new Status(StatusCode.Unknown, $"The server sent the unknown status '{code}'. {detail}".TrimEnd());
    }

    /// <summary>The status of an HTTP answer that has none of its own.</summary>
    public static StatusCode FromHttp(HttpStatusCode code) => code switch
    {
        HttpStatusCode.BadRequest => StatusCode.Internal,
        HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
        HttpStatusCode.NotFound => StatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };

    /// <summary>The status of a stream that the peer reset with an HTTP/2 error code.</summary>
    public static StatusCode FromReset(long errorCode) => (Http2ErrorCode)errorCode switch
    {
        Http2ErrorCode.RefusedStream => StatusCode.Unavailable,
        Http2ErrorCode.Cancel => StatusCode.Cancelled,
        Http2ErrorCode.EnhanceYourCalm => StatusCode.ResourceExhausted,
        Http2ErrorCode.InadequateSecurity => StatusCode.PermissionDenied,
        >= Http2ErrorCode.NoError and <= Http2ErrorCode.Http11Required => StatusCode.Internal,
        _ => StatusCode.Unknown,
    };

    /// <summary>
    /// The status of a failed connection or stream. Only a reset of the call's own stream says something of the call;
    /// whatever ends the connection is Unavailable.
    /// </summary>
    public static Status FromException(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is HttpProtocolException protocol && IsStreamReset(protocol))
            {
                return new Status(
                    FromReset(protocol.ErrorCode),
                    $"The server reset the stream with HTTP/2 error {(Http2ErrorCode)protocol.ErrorCode}.");
            }

            if (e is ForeignServerException or SilentServerException)
            {
                return new Status(StatusCode.Unavailable, e.Message);
            }

            if (e is AuthenticationException)
            {
                return new Status(StatusCode.Unavailable, $"The TLS handshake failed: {e.Message}");
            }
        }

        return exception is HttpRequestException or IOException or ObjectDisposedException or OperationCanceledException
            ? new Status(StatusCode.Unavailable, exception.GetBaseException().Message)
            : new Status(StatusCode.Internal, $"The call could not be made: {exception.Message}");
    }

    /// <summary>
    /// The handler throws one type for a reset stream and a closed connection; the texts differ and are not
    /// localised in this process. The transport's tests hold both.
    /// </summary>
    private static bool IsStreamReset(HttpProtocolException e) =>
        e.Message.Contains("reset the stream", StringComparison.Ordinal);
}
