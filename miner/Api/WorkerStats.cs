namespace Federation.Miner.Api;

/// <summary>One worker of WorkerStats; the last members are this miner's own.</summary>
internal sealed record WorkerStats(
    WorkerInfo Info, IReadOnlyList<string> Tasks, bool Enabled, ulong MemUsedMin, ulong MemUsedMax, double GpuUsed,
    ulong CpuUse,
    IReadOnlyDictionary<string, int> TaskCounts, string Agent, string Region, IReadOnlyDictionary<string, uint> Slots,
    uint Lanes = 0);
