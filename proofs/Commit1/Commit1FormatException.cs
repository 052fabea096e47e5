namespace Federation.Proofs.Commit1;

/// <summary>Bytes are not a Commit1 output of the configuration that they were read for.</summary>
public sealed class Commit1FormatException : FormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="offset">Where the first wrong byte is.</param>
    /// <param name="expected">What should have been there.</param>
    public Commit1FormatException(long offset, string expected)
        : base($"Commit1 output is malformed at byte {offset}: {expected}")
    {
        Offset = offset;
    }

    /// <summary>Where the first wrong byte is.</summary>
    public long Offset { get; }
}
