using Microsoft.Extensions.Logging;

namespace Federation.Discovery.Etcd;

internal static partial class EtcdStoreLog
{
    [LoggerMessage(2000, LogLevel.Warning, "The store at {Endpoint} does not answer: {Reason}; trying on")]
    public static partial void EndpointFailed(ILogger logger, Uri endpoint, string reason);

    [LoggerMessage(2001, LogLevel.Information, "The watch of {Key} resumes at revision {Revision}: {Reason}")]
    public static partial void WatchResumes(ILogger logger, string key, long revision, string reason);

    [LoggerMessage(2002, LogLevel.Warning, "Lease {Lease:x} is lost: {Reason}")]
    public static partial void LeaseLost(ILogger logger, long lease, string reason);

    [LoggerMessage(2003, LogLevel.Warning, "Lease {Lease:x} could not be revoked and ends by itself: {Reason}")]
    public static partial void LeaseNotRevoked(ILogger logger, long lease, string reason);
}
