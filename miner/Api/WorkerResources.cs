namespace Federation.Miner.Api;

/// <summary>What a worker's machine has.</summary>
internal sealed record WorkerResources(
    ulong MemPhysical, ulong MemUsed, ulong MemSwap, ulong MemSwapUsed, ulong CPUs, IReadOnlyList<string>? GPUs,
    object? Resources);
