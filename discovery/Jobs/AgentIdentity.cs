namespace Federation.Discovery.Jobs;

/// <summary>Who claims.</summary>
/// <param name="Name">The agent's name, unique among a miner's agents.</param>
/// <param name="Region">Its region.</param>
/// <param name="RepositoryId">The id stored in its repository, which it holds an exclusive lock on.</param>
public sealed record AgentIdentity(string Name, string Region, string RepositoryId);
