namespace Federation.Hosting.Config;

/// <summary>A key that a program reads, as its commented default file describes it.</summary>
/// <param name="Section">The section, dotted when nested.</param>
/// <param name="Key">The key.</param>
/// <param name="TypeName">Its kind.</param>
/// <param name="Default">Its default in TOML's notation.</param>
/// <param name="Description">Meaning, unit, range and relations; lines of at most 110 characters.</param>
public sealed record ConfigKey(string Section, string Key, string TypeName, string Default, string Description)
{
    /// <summary>The environment variable that overrides the file: <c>LOTUS_SECTION_KEY</c>.</summary>
    public string EnvironmentVariable => NameVariable(Section, Key);

    internal static string NameVariable(string section, string key) =>
        $"LOTUS_{section.Replace('.', '_')}_{key}".ToUpperInvariant();
}
