namespace Federation.Storage;

/// <summary>Lotus's task codes of the phases.</summary>
public static class SealingPhases
{
    /// <summary>Every phase, in order.</summary>
    public static IReadOnlyList<SealingPhase> All { get; } = Enum.GetValues<SealingPhase>();

    /// <summary>The task code, which also names the folder of the phase's attempts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a phase.</exception>
    public static string Code(this SealingPhase phase) => phase switch
    {
        SealingPhase.AddPiece => "AP",
        SealingPhase.PreCommit1 => "PC1",
        SealingPhase.PreCommit2 => "PC2",
        SealingPhase.Commit1 => "C1",
        SealingPhase.Commit2 => "C2",
        SealingPhase.Finalize => "FIN",
        SealingPhase.Fetch => "GET",
        SealingPhase.Unseal => "UNS",
        SealingPhase.Remove => "RM",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "Not a phase."),
    };

    /// <summary>Finds a phase by its exact task code.</summary>
    public static bool TryParse(string? code, out SealingPhase phase)
    {
        phase = All.FirstOrDefault(candidate => candidate.Code() == code);
        return phase != default;
    }

    /// <summary>Parses a task code.</summary>
    /// <exception cref="FormatException">The text is not a task code.</exception>
    public static SealingPhase Parse(string? code) => TryParse(code, out var phase)
        ? phase
        : throw new FormatException($"'{code}' is not a phase: known are {string.Join(' ', All.Select(Code))}.");
}
