namespace Federation.Hosting.Config;

/// <summary>
/// The keys of lotus-miner's own <c>config.toml</c>, which a migrating operator's file may still hold.
/// </summary>
internal static class LotusConfigKeys
{
    private const string Resource = "Federation.Hosting.Config.lotus-config-keys.txt";

    private static readonly HashSet<string> Keys = Load();

    /// <summary>Whether Lotus knows a key; a section of free keys knows all.</summary>
    internal static bool Contains(string section, string key) =>
        Keys.Contains($"{section}.{key}") || Keys.Contains($"{section}.*");

    /// <summary>Whether Lotus knows a section, or one below it.</summary>
    internal static bool ContainsSection(string section) =>
        Keys.Any(k => k.StartsWith($"{section}.", StringComparison.Ordinal));

    private static HashSet<string> Load()
    {
        using var stream = typeof(LotusConfigKeys).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the assembly lacks its resource {Resource}");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
