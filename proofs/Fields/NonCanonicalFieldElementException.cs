namespace Federation.Proofs.Fields;

/// <summary>Bytes that should hold a field element encode an integer that is not below the modulus.</summary>
public sealed class NonCanonicalFieldElementException : FormatException
{
    /// <summary>Creates the exception without naming the value.</summary>
    public NonCanonicalFieldElementException()
        : base("The 32 bytes are not a canonical field element.")
    {
    }

    /// <summary>Creates the exception with a message of the caller.</summary>
    public NonCanonicalFieldElementException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and a cause.</summary>
    public NonCanonicalFieldElementException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal NonCanonicalFieldElementException(ReadOnlySpan<byte> littleEndian)
        : base($"The bytes {Convert.ToHexStringLower(littleEndian)} are not a canonical field element: "
            + "read as a little-endian integer they are not below the modulus.")
    {
    }
}
