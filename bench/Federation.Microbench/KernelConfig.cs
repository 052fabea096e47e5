using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Federation.Microbench;

/// <summary>
/// One job for all kernels, in this process: the instruction sets are compared by calling each path beside the scalar
/// one, and a set is switched off for a whole run by its variable (<c>DOTNET_EnableAVX512=0</c>). Every kernel's
/// allocations are counted.
/// </summary>
public sealed class KernelConfig : ManualConfig
{
    /// <summary>Creates it.</summary>
    public KernelConfig()
    {
        AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        AddDiagnoser(MemoryDiagnoser.Default);
        AddColumnProvider(DefaultConfig.Instance.GetColumnProviders().ToArray());
        AddLogger(ConsoleLogger.Default);
        AddExporter(MarkdownExporter.Console);
        ArtifactsPath = Path.Combine(Path.GetTempPath(), "fed-microbench");
    }
}
