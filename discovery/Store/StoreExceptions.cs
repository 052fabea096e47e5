namespace Federation.Discovery.Store;

/// <summary>The store could not be reached; nothing was applied.</summary>
public class StoreUnavailableException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>
/// The store did not answer in time or the connection broke: the write may or may not have been applied.
/// </summary>
public class OutcomeUnknownException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>The wanted revision has been compacted away.</summary>
public class CompactedException(long compactRevision)
    : InvalidOperationException(
        $"The store's history before revision {compactRevision} has been compacted: list again and watch from there.")
{
    /// <summary>The first revision that is still there.</summary>
    public long CompactRevision { get; } = compactRevision;
}
