namespace Federation.Discovery.Store;

/// <summary>A lease that is being kept alive. A role that hangs on it ends with <see cref="Lost"/>.</summary>
public interface ILease : IAsyncDisposable
{
    /// <summary>The store's lease id.</summary>
    long Id { get; }

    /// <summary>
    /// Cancelled once the lease may be lost; never reset. Its holder then publishes nothing under it.
    /// </summary>
    CancellationToken Lost { get; }
}
