using Federation.Proto.Gates;

namespace Federation.MinerAgent.Gate;

/// <summary>What a worker is told of its agent.</summary>
/// <param name="Agent">The agent's name.</param>
/// <param name="Region">Its region.</param>
/// <param name="Miner">The miner's address.</param>
/// <param name="SectorSize">The miner's sector size, once the miner has been found.</param>
/// <param name="Storage">The region's storage paths.</param>
public sealed record GateIdentity(
    string Agent, string Region, string Miner, Func<ulong> SectorSize, IReadOnlyList<StoragePath> Storage);
