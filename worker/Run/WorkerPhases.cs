using Federation.Hosting;
using Federation.Proofs;
using Federation.Proofs.PreCommit1;
using Federation.Worker.Phases;

namespace Federation.Worker.Run;

/// <summary>
/// Which phases a worker runs: by a role, by a list, or by Lotus's flags. Pure.
/// </summary>
public static class WorkerPhases
{
    /// <summary>Commit2, which needs parameter files.</summary>
    public const string Commit2 = "C2";

    private const string Known = "AP, PC1, PC2, C1, C2, FIN, RM";

    /// <summary>What every sealing worker of Lotus runs, whatever its flags: C1 and FIN, and our removal.</summary>
    private static readonly string[] Always = ["C1", "FIN", "RM"];

    /// <summary>The phases of a role: APx keeps the files of a sector, P1, P2 and C2 compute.</summary>
    /// <exception cref="OperatorException">There is no such role.</exception>
    public static IReadOnlyList<string> OfRole(string role) => role switch
    {
        "APx" => ["AP", "C1", "FIN", "RM"],
        "P1" => ["PC1"],
        "P2" => ["PC2"],
        Commit2 => [Commit2],
        _ => throw new OperatorException($"unknown role '{role}'", "--role is one of APx, P1, P2 and C2"),
    };

    /// <summary>The phases of a list such as PC1,PC2.</summary>
    /// <exception cref="OperatorException">One of them is unknown.</exception>
    public static IReadOnlyList<string> OfList(string list)
    {
        var phases = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var unknown = phases.FirstOrDefault(phase => !IsKnown(phase));
        return phases.Length > 0 && unknown is null
            ? [.. phases.Distinct(StringComparer.Ordinal)]
            : throw new OperatorException(
                $"--phases has {(unknown is null ? "no phase" : $"unknown phase '{unknown}'")}",
                $"name some of {Known}");
    }

    /// <summary>
    /// Lotus's flags: each is on unless switched off, or with --no-default off unless switched on. --commit is C2's.
    /// </summary>
    public static IReadOnlyList<string> OfFlags(
        bool noDefault, bool? addPiece, bool? preCommit1, bool? preCommit2, bool? commit) =>
    [
        .. Flag("AP", addPiece ?? !noDefault),
        .. Flag("PC1", preCommit1 ?? !noDefault),
        .. Flag("PC2", preCommit2 ?? !noDefault),
        .. Flag(Commit2, commit ?? !noDefault),
        .. Always,
    ];

    /// <summary>Two of each phase that reads and writes, one of each that takes the whole machine, changed by
    /// --slots.</summary>
    /// <exception cref="OperatorException">The text is not such as PC1=2,PC2=1.</exception>
    public static IReadOnlyDictionary<string, uint> Slots(IReadOnlyList<string> phases, string? changes)
    {
        var slots = phases.ToDictionary(
            phase => phase, phase => phase is "PC2" or Commit2 ? 1u : 2u, StringComparer.Ordinal);
        foreach (var (phase, text) in Pairs("--slots", changes))
        {
            if (!uint.TryParse(text, out var count) || count is 0 or > 1000)
            {
                throw new OperatorException(
                    $"--slots {phase}={text} is not a number of slots", "give 1 to 1000, such as PC1=2");
            }

            if (slots.ContainsKey(phase))
            {
                slots[phase] = count;
            }
        }

        return slots;
    }

    /// <summary>The lanes that --pc1-lanes offers, 0 for none.</summary>
    /// <param name="phases">Phases of this worker.</param>
    /// <param name="asked">The option's value.</param>
    /// <param name="sectorSize">SECTOR_SIZE; 0 = not set: the agent, which knows it, then refuses lanes that do not
    /// fit.</param>
    /// <param name="memoryBytes">What a phase may use.</param>
    /// <exception cref="OperatorException">The number is none, or this worker could never use the lanes.</exception>
    public static uint Lanes(IReadOnlyList<string> phases, int asked, ulong sectorSize, long memoryBytes)
    {
        if (asked is 0)
        {
            return 0;
        }

        if (asked is < 2 or > LaneShare.Most)
        {
            throw new OperatorException(
                $"--pc1-lanes {asked} is not a number of lanes", $"give 2 to {LaneShare.Most}, or 0 for none");
        }

        if (!phases.Contains("PC1"))
        {
            throw new OperatorException(
                "--pc1-lanes is given to a worker that does not run PC1", "leave it out, or add PC1");
        }

        return sectorSize == 0 || NeededBy(sectorSize, asked) is var needed && needed <= memoryBytes ? (uint)asked
            : throw new OperatorException(
                $"--pc1-lanes {asked} needs {MiB(needed)} MiB of memory for sectors of {sectorSize} bytes, "
                + $"{memoryBytes >> 20} MiB may be used",
                $"give --memory {MiB(needed)}MiB or more where the machine has it, or fewer lanes");
    }

    private static long NeededBy(ulong sectorSize, int lanes) =>
        PreCommit1LanesPhase.MemoryBytes(
            SectorShape.FromSize(checked((long)sectorSize)), lanes) - PreCommit1Lanes.WindowBytes;

    private static long MiB(long bytes) => (bytes + (1 << 20) - 1) >> 20;

    /// <summary>Parses PHASE=VALUE pairs parted by commas.</summary>
    /// <exception cref="OperatorException">One is not such a pair, or of an unknown phase.</exception>
    public static IEnumerable<(string Phase, string Value)> Pairs(string option, string? text)
    {
        foreach (var pair in (text ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            yield return pair.Split('=') is [var phase, var value] && IsKnown(phase) ? (phase, value)
                : throw new OperatorException($"{option} '{pair}' is not PHASE=VALUE", $"PHASE is one of {Known}");
        }
    }

    private static bool IsKnown(string phase) => Known.Split(", ").Contains(phase);

    private static IEnumerable<string> Flag(string phase, bool on) => on ? [phase] : [];
}
