using Federation.Proto.Gates;

namespace Federation.MinerAgent.Scheduling;

/// <summary>PC1 in lockstep, as a worker offers it. Immutable.</summary>
/// <param name="Count">Sectors at most, 2 to 16.</param>
/// <param name="MemoryBytes">What the layers of all lanes may take; 2^63-1 where they may lie on a disk.</param>
public sealed record LaneOffer(uint Count, ulong MemoryBytes)
{
    private const uint Narrowest = 4, Widest = 16;

    /// <summary>What a worker's registration offers; null = nothing, since a lane alone is a slot.</summary>
    public static LaneOffer? Of(WorkerRegister register) => register.Pc1Lanes > 1
        ? new LaneOffer(Math.Min(register.Pc1Lanes, Widest), register.Pc1LanesMemory)
        : null;

    /// <summary>The layers may lie on a disk: memory does not bound them.</summary>
    public bool IsOnDisk => MemoryBytes >= long.MaxValue;

    /// <summary>Most sectors of a size that fit; 0 where not even two do, which go better one by one.</summary>
    public uint Fitting(ulong sectorSize)
    {
        var count = Count;
        while (count > 1 && LayerBytes(count, sectorSize) > MemoryBytes)
        {
            count--;
        }

        return count > 1 ? count : 0;
    }

    /// <summary>Two layers of each lane; lanes come by 4, 8 and 16, filled or not.</summary>
    public static ulong LayerBytes(uint sectors, ulong sectorSize)
    {
        var lanes = Narrowest;
        while (lanes < sectors)
        {
            lanes *= 2;
        }

        return 2 * lanes * sectorSize;
    }
}
