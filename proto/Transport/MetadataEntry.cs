namespace Federation.Proto.Transport;

/// <summary>One item of metadata: text, or bytes where the key ends in <c>-bin</c>.</summary>
public readonly record struct MetadataEntry
{
    internal MetadataEntry(string key, string? text, byte[]? bytes)
    {
        Key = key;
        Text = text;
        Bytes = bytes is null ? default(ReadOnlyMemory<byte>?) : bytes;
    }

    /// <summary>The key in lower case.</summary>
    public string Key { get; }

    /// <summary>The text, null for an item of bytes.</summary>
    public string? Text { get; }

    /// <summary>The bytes, null for an item of text.</summary>
    public ReadOnlyMemory<byte>? Bytes { get; }
}
