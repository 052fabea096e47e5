namespace Federation.Bench.Dispatch;

/// <summary>Milliseconds of many measurements, each figure one that was measured (nearest rank).</summary>
/// <param name="Median">Half are at most this.</param>
/// <param name="P90">Nine of ten are at most this.</param>
/// <param name="P99">99 of 100 are at most this.</param>
/// <param name="Max">The longest.</param>
public sealed record Quantiles(double Median, double P90, double P99, double Max)
{
    /// <summary>The figures of some measurements, at least one.</summary>
    public static Quantiles Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Length, nameof(values));
        return new Quantiles(At(0.50), At(0.90), At(0.99), At(1));

        double At(double part) => Math.Round(sorted[(int)Math.Ceiling(part * sorted.Length) - 1], 2);
    }
}
