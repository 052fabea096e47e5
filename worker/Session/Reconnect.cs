namespace Federation.Worker.Session;

/// <summary>Capped exponential back-off with jitter between two tries to reach the agent.</summary>
public sealed class Reconnect(TimeSpan first, TimeSpan longest, Random random)
{
    private int _tries;

    /// <summary>Starts over, after a success.</summary>
    public void Reset() => _tries = 0;

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        var wait = first * Math.Pow(2, Math.Min(_tries++, 20));
        return (wait < longest ? wait : longest) * (0.5 + (random.NextDouble() / 2));
    }
}
