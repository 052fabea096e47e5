namespace Federation.MinerAgent.Scheduling;

/// <summary>The task codes that an agent schedules, as Lotus prints them, and RM, which is ours.</summary>
public static class TaskCode
{
    /// <summary>Add piece.</summary>
    public const string AddPiece = "AP";

    /// <summary>PreCommit1.</summary>
    public const string PreCommit1 = "PC1";

    /// <summary>PreCommit2.</summary>
    public const string PreCommit2 = "PC2";

    /// <summary>Commit1.</summary>
    public const string Commit1 = "C1";

    /// <summary>Commit2.</summary>
    public const string Commit2 = "C2";

    /// <summary>Finalize.</summary>
    public const string Finalize = "FIN";

    /// <summary>Remove a sector's files.</summary>
    public const string Remove = "RM";

    /// <summary>Every code, in the order of a sector's way.</summary>
    public static IReadOnlyList<string> All { get; } =
        [AddPiece, PreCommit1, PreCommit2, Commit1, Commit2, Finalize, Remove];

    /// <summary>
    /// Lotus's order value of a task: the higher, the less urgent. Removal frees space and is as urgent as finalizing.
    /// Unknown codes come last.
    /// </summary>
    public static int Order(string code) => code switch
    {
        AddPiece => 9,
        PreCommit1 => 5,
        PreCommit2 => 4,
        Commit2 => 3,
        Commit1 => 2,
        Finalize or Remove => -3,
        _ => int.MaxValue,
    };
}
