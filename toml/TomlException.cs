namespace Federation.Toml;

/// <summary>
/// A document is not TOML 1.0. The message is one sentence that starts with <c>source:line:column</c>.
/// </summary>
public sealed class TomlException : FormatException
{
    /// <summary>Creates the error for one place of a document.</summary>
    /// <param name="sourceName">What the document is called, commonly its path.</param>
    /// <param name="position">Where the document goes wrong.</param>
    /// <param name="problem">What is wrong there, without a full stop.</param>
    public TomlException(string sourceName, TomlPosition position, string problem)
        : base($"{sourceName}:{position}: {problem}.")
    {
        SourceName = sourceName;
        Position = position;
        Problem = problem;
    }

    /// <summary>What the document is called.</summary>
    public string SourceName { get; }

    /// <summary>Where the document goes wrong.</summary>
    public TomlPosition Position { get; }

    /// <summary>What is wrong, without the place and the full stop.</summary>
    public string Problem { get; }
}
