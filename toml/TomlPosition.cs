namespace Federation.Toml;

/// <summary>A place in a document. Both numbers count from 1; a column is one Unicode code point.</summary>
/// <param name="Line">The line.</param>
/// <param name="Column">The code point within the line.</param>
public readonly record struct TomlPosition(int Line, int Column)
{
    /// <summary>Prints <c>line:column</c>, the form that editors turn into a link.</summary>
    public override string ToString() => $"{Line}:{Column}";
}
