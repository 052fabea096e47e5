namespace Federation.Miner.Api;

/// <summary>Lotus's two names of a task: short as tables show it, long as the API has it.</summary>
internal static class TaskNames
{
    private static readonly (string Short, string Long)[] Names =
    [
        ("AP", "seal/v0/addpiece"), ("PC1", "seal/v0/precommit/1"), ("PC2", "seal/v0/precommit/2"),
        ("C1", "seal/v0/commit/1"),
        ("C2", "seal/v0/commit/2"), ("FIN", "seal/v0/finalize"), ("GET", "seal/v0/fetch"), ("UNS", "seal/v0/unseal"),
        // Lotus has no task that deletes a sector's files; this one is named in its way.
        ("RM", "seal/v0/remove"),
    ];

    public static string Long(string code) => Array.Find(Names, name => name.Short == code).Long ?? code;

    public static string Short(string task) => Array.Find(Names, name => name.Long == task).Short ?? "UNK";
}
