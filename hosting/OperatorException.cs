namespace Federation.Hosting;

/// <summary>
/// Something that an operator can put right: one sentence that names the thing, and the remedy. Programs print both
/// and end with a non-zero exit code; no stack trace is shown.
/// </summary>
public class OperatorException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, in the words that operators of Lotus search for where those exist.</param>
    /// <param name="remedy">What to do, or null when the message says it.</param>
    /// <param name="innerException">The cause, for the log.</param>
    public OperatorException(string message, string? remedy = null, Exception? innerException = null)
        : base(message, innerException) => Remedy = remedy;

    /// <summary>What to do, or null when the message says it.</summary>
    public string? Remedy { get; }
}
