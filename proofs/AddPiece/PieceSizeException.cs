namespace Federation.Proofs.AddPiece;

/// <summary>A piece's size is not one that a piece can have, does not fit into the sector, or is not that of its
/// data.</summary>
public sealed class PieceSizeException : Exception
{
    /// <summary>Creates the exception without a message of its own.</summary>
    public PieceSizeException()
    {
    }

    /// <summary>Creates the exception with a message that names sizes and remedy.</summary>
    public PieceSizeException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and a cause.</summary>
    public PieceSizeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
