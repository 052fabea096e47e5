namespace Federation.Hosting.Config;

/// <summary>A list of different values that are held as text.</summary>
internal sealed class ListType<T>(
    string expected,
    Func<string, (T? Value, string? Problem)> parse,
    Func<T, string> write) : ConfigType<IReadOnlyList<T>>
{
    /// <inheritdoc/>
    public override string Name => "[]string";

    /// <inheritdoc/>
    public override string? Read(ConfigInput input, out IReadOnlyList<T>? value)
    {
        value = null;
        if (!input.TryGetTexts(out var texts))
        {
            return $"must be {expected}, in brackets and quotes";
        }

        var items = new List<T>();
        foreach (var text in texts)
        {
            var (item, problem) = parse(text);
            if (problem is not null)
            {
                var reason = problem.Length == 0 ? "it is not valid" : problem;
                return $"must be {expected}, and for the entry \"{text}\": {reason}";
            }

            if (items.Contains(item!))
            {
                return $"must be {expected}, and the entry \"{text}\" is there twice";
            }

            items.Add(item!);
        }

        value = items;
        return null;
    }

    /// <inheritdoc/>
    public override string Write(IReadOnlyList<T> value) =>
        $"[{string.Join(", ", value.Select(v => TomlText.Quote(write(v))))}]";
}
