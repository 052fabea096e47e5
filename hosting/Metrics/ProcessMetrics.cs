using System.Diagnostics;

namespace Federation.Hosting.Metrics;

/// <summary>What every program tells of itself, under the names that Prometheus's own libraries use.</summary>
public static class ProcessMetrics
{
    /// <summary>Adds the metrics to a registry, and the program's version as a label of a constant one.</summary>
    public static void AddTo(MetricsRegistry registry, string program, string version)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddGauge("federation_build_info", "Which program this is.", "program", "version")
            .Set(1, program, version);
        registry.AddGauge("process_resident_memory_bytes", "Resident memory.")
            .Observe(() => Environment.WorkingSet);
        registry.AddGauge("process_cpu_seconds", "CPU time used since the start, user and system.")
            .Observe(() => Environment.CpuUsage.TotalTime.TotalSeconds);
        registry.AddGauge("process_threads", "Threads.")
            .Observe(() =>
            {
                using var process = Process.GetCurrentProcess();
                return process.Threads.Count;
            });
        registry.AddGauge("dotnet_heap_bytes", "Managed memory after the last collection.")
            .Observe(() => GC.GetGCMemoryInfo().HeapSizeBytes);
        registry.AddGauge("dotnet_gc_pause_seconds", "Time for which garbage collection stopped the process.")
            .Observe(() => GC.GetTotalPauseDuration().TotalSeconds);
    }
}
