namespace Federation.Discovery;

/// <summary>Waits 50 ms, then twice as long each time up to 5 s, each shortened by up to half at random.</summary>
internal sealed class Backoff(TimeProvider time, Random? random = null)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private readonly Random _random = random ?? Random.Shared;
    private TimeSpan _next = First;

    public void Reset() => _next = First;

    public Task WaitAsync(CancellationToken cancellationToken) => Task.Delay(Next(), time, cancellationToken);

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        var wait = _next * (0.5 + (_random.NextDouble() / 2));
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return wait;
    }
}
