namespace Federation.Hosting.Config;

/// <summary>A configuration is wrong. Carries every error that was found, each one sentence.</summary>
public sealed class ConfigException : OperatorException
{
    /// <summary>Creates the exception from all that was found wrong.</summary>
    public ConfigException(IReadOnlyList<string> errors, Exception? innerException = null)
        : base(string.Join('\n', errors), remedy: null, innerException) => Errors = errors;

    /// <summary>The errors, in the order of their discovery.</summary>
    public IReadOnlyList<string> Errors { get; }
}
