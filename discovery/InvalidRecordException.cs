namespace Federation.Discovery;

/// <summary>A key's value is not the record that belongs there.</summary>
public sealed class InvalidRecordException(string key, string reason, Exception? inner = null)
    : FormatException($"The record at {key} cannot be read: {reason}", inner)
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;

    /// <summary>What is wrong with its value.</summary>
    public string Reason { get; } = reason;
}
