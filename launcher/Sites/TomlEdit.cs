namespace Federation.Launcher.Sites;

/// <summary>
/// Sets keys of a <c>config.toml</c> as its operator would in an editor: everything else in the file stays.
/// </summary>
internal static class TomlEdit
{
    /// <summary>Sets a key, whether it is there, there in a comment, or not there yet.</summary>
    /// <param name="text">The file.</param>
    /// <param name="section">The table, by its plain name.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value in TOML's notation.</param>
    public static string Set(string text, string section, string key, string value)
    {
        var lines = text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n').ToList();
        var header = lines.FindIndex(line => line.Trim() == $"[{section}]");
        if (header < 0)
        {
            lines.AddRange(lines.Count == 0 ? [$"[{section}]"] : ["", $"[{section}]"]);
            header = lines.Count - 1;
        }

        var end = lines.FindIndex(header + 1, line => line.TrimStart().StartsWith('['));
        end = end < 0 ? lines.Count : end;
        var at = lines.FindIndex(header + 1, end - header - 1, line => IsKey(line, key));
        if (at >= 0)
        {
            lines[at] = $"  {key} = {value}";
        }
        else
        {
            lines.Insert(header + 1, $"  {key} = {value}");
        }

        return string.Join('\n', lines) + "\n";
    }

    private static bool IsKey(string line, string key)
    {
        var rest = line.AsSpan().TrimStart();
        rest = rest.StartsWith("#") ? rest[1..].TrimStart() : rest;
        return rest.StartsWith(key, StringComparison.Ordinal) && rest[key.Length..].TrimStart().StartsWith("=");
    }
}
