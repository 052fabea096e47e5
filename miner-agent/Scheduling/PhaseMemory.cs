namespace Federation.MinerAgent.Scheduling;

/// <summary>
/// How much memory a phase asks of a worker: the minimum column of Lotus's default resource table. Sizes that Lotus
/// has no row for take the row of the next larger registered size, scaled; toy sizes take the sector's own size, but
/// for C2, whose circuit does not shrink with the sector: it was measured to take 1 GiB for 2 KiB.
/// </summary>
public static class PhaseMemory
{
    private const ulong MiB = 1UL << 20, GiB = 1UL << 30;
    private const ulong SmallestRow = 512 * MiB;

    /// <summary>Bytes that a phase of a sector of this size asks for.</summary>
    public static ulong Need(string phase, ulong sectorSize)
    {
        if (sectorSize < SmallestRow)
        {
            return phase == TaskCode.Commit2 ? GiB : sectorSize;
        }

        var (small, large) = phase switch
        {
            TaskCode.AddPiece => (GiB, 4 * GiB),
            TaskCode.PreCommit1 => (768 * MiB, 56 * GiB),
            TaskCode.PreCommit2 => (GiB, 15 * GiB),
            TaskCode.Commit1 => (GiB, GiB),
            TaskCode.Commit2 => (GiB, 30 * GiB),
            _ => (MiB, MiB),
        };
        return sectorSize >= 32 * GiB ? Scale(phase, large, sectorSize, 32 * GiB)
            : Scale(phase, small, sectorSize, SmallestRow);
    }

    private static ulong Scale(string phase, ulong need, ulong sectorSize, ulong rowSize) =>
        phase == TaskCode.Commit1 || need == MiB ? need : need * (sectorSize / rowSize);
}
