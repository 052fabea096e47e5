using Federation.Hosting.Config;

namespace Federation.Worker.External;

/// <summary>A list of texts in their order, each as often as it stands there.</summary>
internal sealed class ArgumentsType : ConfigType<IReadOnlyList<string>>
{
    /// <inheritdoc/>
    public override string Name => "[]string";

    /// <inheritdoc/>
    public override string? Read(ConfigInput input, out IReadOnlyList<string>? value) =>
        input.TryGetTexts(out value)
            ? value.Any(text => text.Contains('\0')) ? "must be a list of texts without the character 0" : null
            : "must be a list of texts, in brackets and quotes";

    /// <inheritdoc/>
    public override string Write(IReadOnlyList<string> value) =>
        $"[{string.Join(", ", value.Select(ConfigTypes.Text.Write))}]";
}
