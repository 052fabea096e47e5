namespace Federation.Miner.Api;

/// <summary>The version of a daemon.</summary>
internal sealed record ApiVersionInfo(string Version, uint APIVersion, ulong BlockDelay, string Agent);
