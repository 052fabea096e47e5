namespace Federation.Miner.Api;

/// <summary>Ticket or seed with its epoch.</summary>
internal sealed record SealRandomness(byte[]? Value, long Epoch);
