using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Federation.Bench.Measuring;

/// <summary>
/// The core's clock, by a chain of dependent 64-bit multiplications. Each takes <see cref="CyclesPerProduct"/> cycles
/// on every x86-64 core since 2011 (Sandy Bridge, Zen) and on Arm's since Neoverse V1, whatever the time stamp counter
/// runs at.
/// </summary>
internal static class CoreClock
{
    /// <summary>Latency of a 64-bit multiplication whose upper half is not asked for.</summary>
    public const int CyclesPerProduct = 3;

    private const int Unrolled = 16, Steps = 8192, Attempts = 12;

    private static ulong _factor = 0x9e3779b97f4a7c15, _sink;

    /// <summary>
    /// Cycles in a second: the quickest of some attempts of 0.1 ms, since whatever disturbs one can only slow it.
    /// </summary>
    public static double Measure()
    {
        var ticks = long.MaxValue;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var start = Stopwatch.GetTimestamp();
            _sink = Chain(_sink | 1, _factor, Steps);
            ticks = Math.Min(ticks, Stopwatch.GetTimestamp() - start);
        }

        return (double)CyclesPerProduct * Unrolled * Steps * Stopwatch.Frequency / ticks;
    }

    /// <summary>
    /// x × factor^(16 × steps) modulo 2^64. The compiler may not fold the factors together, as it knows none of them:
    /// both come from fields, and this method is not inlined.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static ulong Chain(ulong x, ulong factor, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            x *= factor;
            x *= factor;
            x *= factor;
            x *= factor;
            x *= factor;
            x *= factor;
            x *= factor;
            x *= factor;
            x *= factor;
            x *= factor;
            x *= factor;
            x *= factor;
            x *= factor;
            x *= factor;
            x *= factor;
            x *= factor;
        }

        return x;
    }
}
