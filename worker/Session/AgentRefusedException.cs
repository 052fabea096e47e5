namespace Federation.Worker.Session;

/// <summary>The agent does not take this worker; the message is its sentence.</summary>
public sealed class AgentRefusedException(string message, Exception inner) : InvalidOperationException(message, inner);
