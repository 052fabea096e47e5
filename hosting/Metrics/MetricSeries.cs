namespace Federation.Hosting.Metrics;

/// <summary>One number that changes. Thread-safe.</summary>
internal sealed class MetricSeries
{
    private double _value;

    internal Func<double>? Source { get; set; }

    internal double Value => Source?.Invoke() ?? Volatile.Read(ref _value);

    internal void Set(double value) => Volatile.Write(ref _value, value);

    internal void Add(double amount)
    {
        for (var seen = Volatile.Read(ref _value); ;)
        {
            var previous = Interlocked.CompareExchange(ref _value, seen + amount, seen);
            if (BitConverter.DoubleToInt64Bits(previous) == BitConverter.DoubleToInt64Bits(seen))
            {
                return;
            }

            seen = previous;
        }
    }
}
