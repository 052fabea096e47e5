namespace Federation.Proofs.Post;

/// <summary>Bytes are not a vanilla proof of spacetime of the configuration that they were read for.</summary>
public sealed class PostFormatException : FormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="offset">Where the first wrong byte is.</param>
    /// <param name="expected">What should have been there.</param>
    public PostFormatException(long offset, string expected)
        : base($"vanilla PoSt proof is malformed at byte {offset}: {expected}")
    {
        Offset = offset;
    }

    /// <summary>Where the first wrong byte is.</summary>
    public long Offset { get; }
}
