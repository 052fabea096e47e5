namespace Federation.Proto.Records;

/// <summary>A stored value is no record of the kind that belongs under its key.</summary>
public sealed class RecordFormatException : Exception
{
    /// <summary>Names the key, the kind of record and what is wrong.</summary>
    public RecordFormatException(string key, string kind, string detail, Exception? innerException = null)
        : base($"The value of '{key}' is no valid {kind}: {detail}", innerException)
    {
        Key = key;
        Kind = kind;
    }

    /// <summary>Where the value lies.</summary>
    public string Key { get; }

    /// <summary>The message that it should be.</summary>
    public string Kind { get; }
}
