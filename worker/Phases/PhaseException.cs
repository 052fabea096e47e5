namespace Federation.Worker.Phases;

/// <summary>
/// A phase could not be done; the message is one sentence that names the thing and, where there is one, the remedy.
/// </summary>
public sealed class PhaseException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fault">What kind of fault it is.</param>
    /// <param name="message">One sentence.</param>
    /// <param name="innerException">The cause.</param>
    public PhaseException(PhaseFault fault, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Fault = fault;
    }

    /// <summary>What kind of fault it is: decides whether the same may be tried again.</summary>
    public PhaseFault Fault { get; }
}
