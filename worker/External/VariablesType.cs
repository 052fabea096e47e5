using Federation.Hosting.Config;

namespace Federation.Worker.External;

/// <summary>Environment variables: <c>NAME=VALUE</c>, or <c>NAME</c> for the worker's own value.</summary>
internal sealed class VariablesType : ConfigType<IReadOnlyDictionary<string, string?>>
{
    private const string Expected = "must be a list of \"NAME=VALUE\" or \"NAME\"";

    /// <inheritdoc/>
    public override string Name => "[]string";

    /// <inheritdoc/>
    public override string? Read(ConfigInput input, out IReadOnlyDictionary<string, string?>? value)
    {
        value = null;
        if (!input.TryGetTexts(out var texts))
        {
            return $"{Expected}, in brackets and quotes";
        }

        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var parts = text.Split('=', 2);
            if (ProblemOf(parts[0], text) is { } problem)
            {
                return $"{Expected}, and {problem}";
            }

            if (!variables.TryAdd(parts[0], parts.Length == 2 ? parts[1] : null))
            {
                return $"{Expected}, and {parts[0]} is there twice";
            }
        }

        value = variables;
        return null;
    }

    /// <inheritdoc/>
    public override string Write(IReadOnlyDictionary<string, string?> value) =>
        $"[{string.Join(", ", value.Select(pair => ConfigTypes.Text.Write(
            pair.Value is null ? pair.Key : $"{pair.Key}={pair.Value}")))}]";

    private static string? ProblemOf(string name, string text) =>
        name.Length == 0 || text.Contains('\0') || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '_')
            ? $"the entry \"{text}\" has no name of letters, digits and _"
        : ProgramEnvironment.IsSecret(name)
            ? $"{name} is a secret of the worker, which no program is given"
        : null;
}
