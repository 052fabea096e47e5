using Federation.Discovery.Store;

namespace Federation.Discovery.Tests.Support;

/// <summary>A lease whose holder does not know that it has ended.</summary>
internal sealed class UnawareLease(long id) : ILease
{
    public long Id { get; } = id;

    public CancellationToken Lost => CancellationToken.None;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
