using Federation.Proto.Gates;

namespace Federation.MinerAgent.Workers;

/// <summary>What the agent knows of one worker. Immutable.</summary>
/// <param name="Register">Its registration, with the last load heard.</param>
/// <param name="Connected">Whether its session is open.</param>
public sealed record WorkerView(WorkerRegister Register, bool Connected);
