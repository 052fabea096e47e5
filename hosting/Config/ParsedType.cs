namespace Federation.Hosting.Config;

/// <summary>A kind that is held as text.</summary>
internal sealed class ParsedType<T>(
    string name,
    string expected,
    Func<string, (T? Value, string? Problem)> parse,
    Func<T, string> write) : ConfigType<T>
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string? Read(ConfigInput input, out T? value)
    {
        value = default;
        if (!input.TryGetText(out var text))
        {
            return $"must be {expected}, in quotes";
        }

        (value, var problem) = parse(text);
        return problem switch
        {
            null => null,
            "" => $"must be {expected}",
            _ => $"must be {expected}: {problem}",
        };
    }

    /// <inheritdoc/>
    public override string Write(T value) => TomlText.Quote(write(value));
}
