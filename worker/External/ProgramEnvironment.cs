namespace Federation.Worker.External;

/// <summary>
/// What of the worker's environment its programs see: a fixed base, and what the configuration names. Where the agent
/// is, and with which token, is never among it.
/// </summary>
internal static class ProgramEnvironment
{
    private const string ProofsPrefix = "FIL_PROOFS_";

    private static readonly string[] Base = ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "DOTNET_ROOT"];

    /// <summary>True for names that carry what opens doors elsewhere.</summary>
    public static bool IsSecret(string name) =>
        name.EndsWith("_API_INFO", StringComparison.OrdinalIgnoreCase)
        || name.Contains("TOKEN", StringComparison.OrdinalIgnoreCase);

    /// <summary>The variables of a program.</summary>
    /// <param name="worker">The worker's own.</param>
    /// <param name="named">Those of the configuration; null takes the worker's value, if it has one.</param>
    public static Dictionary<string, string> Of(
        IReadOnlyDictionary<string, string> worker, IReadOnlyDictionary<string, string?> named)
    {
        var result = worker
            .Where(pair => Base.Contains(pair.Key) || pair.Key.StartsWith(ProofsPrefix, StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in named)
        {
            if (value is not null)
            {
                result[name] = value;
            }
            else if (worker.TryGetValue(name, out var own))
            {
                result[name] = own;
            }
        }

        return result;
    }
}
