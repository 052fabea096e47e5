using Federation.MinerAgent.Scheduling;
using Federation.Proto.Gates;
using Federation.Storage.Attempts;

namespace Federation.MinerAgent.Gate;

/// <summary>What a worker must be to work for this agent. Pure.</summary>
public static class RegistrationCheck
{
    private const int MaxName = 255, MaxTasks = 10_000;
    private const uint MaxSlots = 10_000;

    /// <summary>One sentence with the remedy when the registration cannot be taken, else null.</summary>
    public static string? Problem(WorkerRegister register, string miner, ulong sectorSize) =>
        Malformed(register) is { } malformed ? $"the registration is malformed: {malformed}"
        : register.SectorSize != 0 && register.SectorSize != sectorSize
            ? $"SECTOR_SIZE of this worker is {register.SectorSize} bytes, the miner's sectors have {sectorSize}: "
                + $"set SECTOR_SIZE to {sectorSize} or connect the worker to another agent."
        : register.Miner.Length > 0 && register.Miner[1..] != miner[1..]
            ? $"MINER_ADDR of this worker is {register.Miner}, the agent works for {miner}: "
                + $"set MINER_ADDR to {miner} or connect the worker to another agent."
        : LaneOffer.Of(register) is { } lanes ? TooManyLanes(lanes, sectorSize)
        : null;

    /// <summary>
    /// Lanes that do not fit would be shown and never used. A worker that knows SECTOR_SIZE says so itself.
    /// </summary>
    private static string? TooManyLanes(LaneOffer lanes, ulong sectorSize) => lanes.Fitting(sectorSize) is var fitting
        && fitting == lanes.Count ? null
        : $"--pc1-lanes {lanes.Count} of this worker needs {MiB(LaneOffer.LayerBytes(lanes.Count, sectorSize))} MiB "
            + $"of memory for sectors of {sectorSize} bytes, {lanes.MemoryBytes >> 20} MiB may be used: "
            + "give it a larger --memory, --pc1-lanes-dir, or "
            + (fitting > 0 ? $"--pc1-lanes {fitting}." : "no --pc1-lanes.");

    private static ulong MiB(ulong bytes) => (bytes + (1 << 20) - 1) >> 20;

    private static string? Malformed(WorkerRegister register) =>
        !Guid.TryParse(register.WorkerId, out _) || !Guid.TryParse(register.Session, out _)
            ? "worker and session are named by uuids"
        : register.Hostname.Length is 0 or > MaxName || register.Hostname.Any(char.IsControl)
            ? "the host name is missing or too long"
        : register.Miner.Length is 1 or > MaxName || register.Miner.Any(char.IsControl)
            ? "the miner's address is no address"
        : !IsText(register.Software) || !IsText(register.Group) ? "a text is too long or no text"
        : register.Phases.Count == 0 ? "the worker runs no phase"
        : register.Phases.FirstOrDefault(phase => !TaskCode.All.Contains(phase)) is { } unknown
            ? $"'{unknown}' is no phase of this agent"
        : register.Slots.Values.Any(slots => slots is 0 or > MaxSlots) ? $"slots are 1 to {MaxSlots}"
        : register.Pc1Lanes > MaxSlots ? "too many lanes"
        : register.Running.Count > MaxTasks ? "too many tasks"
        : register.Running.Any(task => !AttemptId.TryParse(task.Attempt, out _) || !TaskCode.All.Contains(task.Phase))
            ? "a task is malformed"
        : null;

    private static bool IsText(string text) => text.Length <= MaxName && !text.Any(char.IsControl);
}
