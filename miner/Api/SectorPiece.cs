namespace Federation.Miner.Api;

/// <summary>A piece and the deal that it belongs to; null for filler.</summary>
internal sealed record SectorPiece(LotusPiece Piece, object? DealInfo);
