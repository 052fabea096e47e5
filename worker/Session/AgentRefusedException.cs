namespace Federation.Worker.Session;

/// <summary>The agent does not take this worker, or none is there: one sentence, the remedy in it or beside
/// it.</summary>
public sealed class AgentRefusedException(string message, Exception inner, string? remedy = null)
    : Exception(message, inner)
{
    /// <summary>What the operator can do, when the message does not say it.</summary>
    public string? Remedy { get; } = remedy;
}
