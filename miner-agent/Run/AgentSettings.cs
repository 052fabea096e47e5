using Federation.Hosting;
using Federation.Proofs;

namespace Federation.MinerAgent.Run;

/// <summary>What the environment says of the miner that this agent expects. Immutable.</summary>
/// <param name="SectorSize">SECTOR_SIZE in bytes; 0 = not set.</param>
/// <param name="Miner">MINER_ADDR; empty = not set.</param>
public sealed record AgentSettings(ulong SectorSize, string Miner)
{
    /// <summary>Reads SECTOR_SIZE and MINER_ADDR.</summary>
    /// <exception cref="OperatorException">One of them is wrong.</exception>
    public static AgentSettings Read(Func<string, string?> environment)
    {
        var miner = environment("MINER_ADDR")?.Trim() ?? "";
        if (miner.Length > 0 && !Discovery.FederationKeys.IsMinerAddress(miner))
        {
            throw new OperatorException(
                $"MINER_ADDR is not valid: '{miner}' is no miner's id address",
                "set MINER_ADDR to the miner's address such as t01000, or unset it");
        }

        var size = environment("SECTOR_SIZE")?.Trim() ?? "";
        try
        {
            return new AgentSettings(size.Length == 0 ? 0 : (ulong)SectorShape.Parse(size).SectorSize, miner);
        }
        catch (ArgumentException error)
        {
            throw new OperatorException($"SECTOR_SIZE is not valid: {error.Message}",
                "set SECTOR_SIZE to the miner's sector size, or unset it", error);
        }
    }

    /// <summary>Refuses a miner other than the one expected.</summary>
    /// <exception cref="OperatorException">It is another.</exception>
    public void Require(string miner, ulong sectorSize)
    {
        if (Miner.Length > 0 && Miner[1..] != miner[1..])
        {
            throw new OperatorException(
                $"MINER_ADDR is {Miner}, but this agent seals for {miner}",
                $"set MINER_ADDR to {miner}, or [SealAgent] Miner to {Miner}");
        }

        if (SectorSize != 0 && sectorSize != 0 && SectorSize != sectorSize)
        {
            throw new OperatorException(
                $"SECTOR_SIZE is {SectorSize} bytes, but the sectors of miner {miner} have {sectorSize}",
                $"set SECTOR_SIZE to {sectorSize}, or unset it");
        }
    }
}
