namespace Federation.Hosting.Config;

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed class FlagType : ConfigType<bool>
{
    /// <inheritdoc/>
    public override string Name => "bool";

    /// <inheritdoc/>
    public override string? Read(ConfigInput input, out bool value) =>
        input.TryGetFlag(out value) ? null : "must be true or false";

    /// <inheritdoc/>
    public override string Write(bool value) => value ? "true" : "false";
}
