using BenchmarkDotNet.Running;
using Federation.Microbench;

BenchmarkSwitcher.FromAssembly(typeof(KernelConfig).Assembly).Run(args, new KernelConfig());
