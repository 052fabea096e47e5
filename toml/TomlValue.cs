namespace Federation.Toml;

/// <summary>A value of a document, with its place. Immutable once the document has been read.</summary>
public abstract class TomlValue
{
    private protected TomlValue(TomlPosition position) => Position = position;

    /// <summary>
    /// Where the value's text starts; for a table under a header, where the header's last key starts.
    /// </summary>
    public TomlPosition Position { get; }

    /// <summary>The value's type as a reader of a message would call it, with its article: "a string".</summary>
    public abstract string KindName { get; }
}
