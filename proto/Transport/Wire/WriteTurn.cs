using System.Diagnostics.CodeAnalysis;

namespace Federation.Proto.Transport.Wire;

/// <summary>Lets writers of one stream through one after the other, in the order in which they came.</summary>
[SuppressMessage(
    "Reliability",
    "CA1001",
    Justification = "A semaphore without wait handle holds nothing, and late writers still use it.")]
internal sealed class WriteTurn
{
    private readonly SemaphoreSlim _turn = new(1);

    public Task TakeAsync(CancellationToken cancellationToken) => _turn.WaitAsync(cancellationToken);

    public void Return() => _turn.Release();
}
