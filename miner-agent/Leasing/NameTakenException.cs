namespace Federation.MinerAgent.Leasing;

/// <summary>Another repository is registered under this agent's name.</summary>
public sealed class NameTakenException(string reason) : InvalidOperationException(reason);
