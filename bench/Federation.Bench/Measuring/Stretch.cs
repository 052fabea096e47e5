using System.Diagnostics;

namespace Federation.Bench.Measuring;

/// <summary>
/// Time that passes: by the clock on the wall, or what the process' threads computed, divided by the cores that they
/// may use, which a machine that is busy with other things does not lengthen.
/// </summary>
/// <param name="ByProcessorTime">Which of the two.</param>
/// <param name="Cores">Cores that the process may use.</param>
internal sealed record Stretch(bool ByProcessorTime, int Cores)
{
    /// <summary>Does the work and returns its result and the seconds that it took.</summary>
    public (double Result, double Seconds) Of(Func<double> work)
    {
        var processor = ByProcessorTime ? Environment.CpuUsage.TotalTime : default;
        var start = Stopwatch.GetTimestamp();
        var result = work();
        var seconds = ByProcessorTime
            ? (Environment.CpuUsage.TotalTime - processor).TotalSeconds / Cores
            : Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (result, Math.Max(seconds, 1e-9));
    }
}
