namespace Federation.Miner.Tests.Sectors;

/// <summary>The miner's process ends here.</summary>
internal sealed class KilledException : Exception;
