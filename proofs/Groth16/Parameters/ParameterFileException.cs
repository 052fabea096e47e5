namespace Federation.Proofs.Groth16.Parameters;

/// <summary>A parameter file cannot be used; the message names it and the reason.</summary>
public sealed class ParameterFileException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reason">What is wrong with it, to stand behind "is refused:".</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public ParameterFileException(string path, string reason, Exception? innerException = null)
        : base($"parameter file {path} is refused: {reason}", innerException)
    {
        Path = path;
        Reason = reason;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; }
}
