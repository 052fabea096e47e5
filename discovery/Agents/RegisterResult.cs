using Federation.Proto.Records;

namespace Federation.Discovery.Agents;

/// <summary>What became of a registration.</summary>
public abstract record RegisterResult
{
    private RegisterResult()
    {
    }

    /// <summary>The record is ours and hangs on our lease.</summary>
    public sealed record Registered(Versioned<AgentRecord> Agent) : RegisterResult;

    /// <summary>Another repository has the name, or took the record meanwhile.</summary>
    /// <param name="Reason">One sentence with the remedy.</param>
    public sealed record Refused(string Reason) : RegisterResult;
}
