using Federation.Proto.Gates;

namespace Federation.Worker.Tasks;

/// <summary>A finished task whose result the agent has not taken yet.</summary>
public sealed record KeptResult(Assign Task, TaskResult Result);
