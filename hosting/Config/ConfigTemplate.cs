using System.Text;

namespace Federation.Hosting.Config;

/// <summary>Writes a program's default <c>config.toml</c>: every key with its meaning, all commented out.</summary>
public static class ConfigTemplate
{
    /// <summary>The file for a program that binds its configuration by <paramref name="bind"/>.</summary>
    /// <param name="bind">The program's binding.</param>
    /// <param name="set">Lines to set rather than comment out: section and key to a value in TOML's notation.</param>
    public static string Write<T>(
        Func<ConfigReader, T> bind, IReadOnlyDictionary<(string Section, string Key), string>? set = null)
    {
        var keys = ConfigLoader.Bind([], "default", bind, new Dictionary<string, string>()).Keys;
        var text = new StringBuilder();
        foreach (var section in keys.GroupBy(k => k.Section))
        {
            text.Append(text.Length == 0 ? "" : "\n\n").Append('[').Append(section.Key).Append("]\n");
            text.AppendJoin('\n', section.Select(k => WriteKey(k, set)));
        }

        return text.ToString();
    }

    private static string WriteKey(ConfigKey key, IReadOnlyDictionary<(string, string), string>? set)
    {
        var text = new StringBuilder();
        foreach (var line in key.Description.Split('\n'))
        {
            text.Append("  # ").Append(line).Append('\n');
        }

        text.Append("  #\n  # type: ").Append(key.TypeName).Append("\n  # env var: ").Append(key.EnvironmentVariable);
        var isSet = set is not null && set.TryGetValue((key.Section, key.Key), out _);
        var value = isSet ? set![(key.Section, key.Key)] : key.Default;
        text.Append(isSet ? "\n  " : "\n  #").Append(key.Key).Append(" = ").Append(value).Append('\n');
        return text.ToString();
    }
}
