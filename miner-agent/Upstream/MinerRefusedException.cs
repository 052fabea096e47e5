namespace Federation.MinerAgent.Upstream;

/// <summary>The miner does not take this agent; the message is its sentence.</summary>
public sealed class MinerRefusedException(string message, Exception inner) : InvalidOperationException(message, inner);
