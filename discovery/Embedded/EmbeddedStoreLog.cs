using Microsoft.Extensions.Logging;

namespace Federation.Discovery.Embedded;

internal static partial class EmbeddedStoreLog
{
    [LoggerMessage(2100, LogLevel.Information,
        "The embedded store {Path} is open at revision {Revision}: {Keys} keys, {Leases} leases.")]
    public static partial void Opened(ILogger logger, string path, long revision, int keys, int leases);

    [LoggerMessage(2101, LogLevel.Warning,
        "The embedded store's file {Name} ended in {Bytes} bytes of a record that was never acknowledged: cut off.")]
    public static partial void CutTail(ILogger logger, string name, long bytes);

    [LoggerMessage(2102, LogLevel.Critical,
        "The embedded store has stopped: nothing is written any more. Free space or mend the disk, then start again.")]
    public static partial void Failed(ILogger logger, Exception? cause);

    [LoggerMessage(2103, LogLevel.Information, "Snapshot of the embedded store at revision {Revision}: {Bytes} bytes.")]
    public static partial void Snapshot(ILogger logger, long revision, long bytes);

    [LoggerMessage(2104, LogLevel.Error, "A snapshot of the embedded store failed; its log goes on growing.")]
    public static partial void SnapshotFailed(ILogger logger, Exception cause);

    [LoggerMessage(2105, LogLevel.Debug, "Lease {Lease:x} has ended with {Keys} keys.")]
    public static partial void LeaseEnded(ILogger logger, long lease, int keys);
}
