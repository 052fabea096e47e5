using Federation.Miner.Sectors;

namespace Federation.Miner.Host;

/// <summary>What one term of the acting miner changes sectors with.</summary>
internal sealed record ActingMiner(SectorReader Reader, SectorWriter Writer, SectorDriver Driver, SectorLoop Loop);
