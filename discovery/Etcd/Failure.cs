using Federation.Proto.Transport;

namespace Federation.Discovery.Etcd;

/// <summary>What a failed request means.</summary>
internal enum FailureKind
{
    /// <summary>It never reached the server's state machine: it may be sent again, elsewhere too.</summary>
    NotApplied = 0,

    /// <summary>The server refused it for what it says: sending it again changes nothing.</summary>
    Refused = 1,

    /// <summary>A write may or may not have been applied; a read may be repeated.</summary>
    Unknown = 2,
}

/// <summary>
/// The table of failures. Unavailable (14) is what etcd answers to its own time-outs as well, after the proposal was
/// made, so it says nothing; only a connection that never came up, or a stream that the server refused, is certain.
/// </summary>
internal static class Failure
{
    private const long RefusedStream = 7;
    private const string NotLetIn = "too many requests";

    public static FailureKind Classify(RpcException failure) => failure.StatusCode switch
    {
        StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.AlreadyExists or StatusCode.PermissionDenied
            or StatusCode.Unauthenticated or StatusCode.FailedPrecondition or StatusCode.OutOfRange
            or StatusCode.Unimplemented => FailureKind.Refused,
        // Of the requests that are refused for want of space some have been applied, and an answer that is too large,
        // or a connection that the server closes for too many pings, has the same code: only one text is certain.
        StatusCode.ResourceExhausted when failure.Status.Detail.Contains(NotLetIn, StringComparison.Ordinal) =>
            FailureKind.NotApplied,
        StatusCode.Unavailable when NeverConnected(failure) => FailureKind.NotApplied,
        _ => FailureKind.Unknown,
    };

    private static bool NeverConnected(RpcException failure)
    {
        for (Exception? e = failure.InnerException; e is not null; e = e.InnerException)
        {
            var isNeverConnected = e switch
            {
                HttpRequestException http => http.HttpRequestError is HttpRequestError.ConnectionError
                    or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
                HttpProtocolException protocol => protocol.ErrorCode == RefusedStream,
                // The handler's own time-out, which only bounds connecting; a call's deadline has status 4.
                TimeoutException => true,
                _ => false,
            };
            if (isNeverConnected)
            {
                return true;
            }
        }

        return false;
    }
}
