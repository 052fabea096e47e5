namespace Federation.Miner.Api;

/// <summary>A key of the store with its value.</summary>
internal sealed record StoreItem(string Key, string Value);
