using Federation.Hosting;
using Federation.Proofs;
using Federation.Proofs.PreCommit1;
using Federation.Storage.Space;
using Federation.Worker.Phases;

namespace Federation.Worker.Run;

/// <summary>
/// Whether the disk of <c>--pc1-lanes-dir</c> has room for the layers of all lanes. Said at the start, where
/// SECTOR_SIZE is set; what is free later is looked at, and reserved, when a group begins.
/// </summary>
public static class LanesRoom
{
    /// <summary>Does nothing where memory holds the lanes, or nothing is known of their size.</summary>
    /// <param name="lanes">Lanes offered; 0 = none.</param>
    /// <param name="sectorSize">SECTOR_SIZE in bytes; 0 = not set.</param>
    /// <param name="options">Memory and folder.</param>
    /// <param name="freeSpace">Asks the disk.</param>
    /// <exception cref="OperatorException">There is not enough.</exception>
    public static void Require(uint lanes, ulong sectorSize, SealOptions options, IFreeSpace freeSpace)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(freeSpace);
        if (lanes == 0 || sectorSize == 0 || options.LaneScratchDirectory is not { } folder)
        {
            return;
        }

        var shape = SectorShape.FromSize(checked((long)sectorSize));
        var memory = PreCommit1LanesPhase.MemoryBytes(shape, (int)lanes) - PreCommit1Lanes.WindowBytes;
        var needed = PreCommit1LanesPhase.ScratchBytes(shape, (int)lanes);
        if (memory > options.MemoryBytes && freeSpace.FreeBytes(folder) is var free && free < needed)
        {
            throw new OperatorException(
                $"--pc1-lanes {lanes} needs {needed >> 20} MiB on the disk of --pc1-lanes-dir {folder} for sectors of "
                + $"{sectorSize} bytes, {free >> 20} MiB are free",
                "free some space there, give a folder on a larger disk, or fewer lanes");
        }
    }
}
