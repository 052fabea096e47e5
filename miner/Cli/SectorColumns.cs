namespace Federation.Miner.Cli;

/// <summary>Which columns of <c>sectors list</c> are shown.</summary>
internal sealed record SectorColumns(bool Fast, bool Events, bool SealTime);
