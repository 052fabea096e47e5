namespace Federation.Proto.Records;

/// <summary>A record is over <see cref="RecordJson.MaxBytes"/> and was not written.</summary>
public sealed class RecordTooLargeException : Exception
{
    /// <summary>Names the record and its size.</summary>
    public RecordTooLargeException(string name, int sizeBytes)
        : base($"{name} has {sizeBytes} bytes as JSON; a record may have at most {RecordJson.MaxBytes}.")
    {
        Name = name;
        SizeBytes = sizeBytes;
    }

    /// <summary>The record: its key where that is known, its kind otherwise.</summary>
    public string Name { get; }

    /// <summary>What it would have taken.</summary>
    public int SizeBytes { get; }
}
