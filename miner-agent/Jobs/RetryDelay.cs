namespace Federation.MinerAgent.Jobs;

/// <summary>Capped exponential back-off with jitter: each wait is half to all of twice the one before.</summary>
public sealed class RetryDelay(TimeSpan first, TimeSpan longest, TimeProvider time, Random random)
{
    private int _waits;

    /// <summary>Starts over, after a success.</summary>
    public void Reset() => _waits = 0;

    /// <summary>Waits the next delay.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => Task.Delay(Next(), time, cancellationToken);

    /// <summary>The next delay.</summary>
    public TimeSpan Next()
    {
        var wait = first * Math.Pow(2, Math.Min(_waits++, 30)) * (0.5 + (random.NextDouble() / 2));
        return wait < longest ? wait : longest;
    }
}
