using Federation.MinerAgent.Workers;
using Federation.Proto.Gates;

namespace Federation.MinerAgent.Jobs;

/// <summary>A worker's good result that has not been accepted yet.</summary>
/// <param name="Key">The attempt that it belongs to.</param>
/// <param name="Worker">The worker's uuid.</param>
/// <param name="Hostname">Its host.</param>
/// <param name="Result">What it answered.</param>
public sealed record OutboxEntry(TaskKey Key, string Worker, string Hostname, TaskResult Result);
