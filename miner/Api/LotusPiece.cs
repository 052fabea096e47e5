namespace Federation.Miner.Api;

/// <summary>A piece of a sector.</summary>
internal sealed record LotusPiece(ulong Size, CidLink PieceCID);
