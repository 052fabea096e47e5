using Federation.Proofs;

namespace Federation.Worker.Phases;

/// <summary>The sector that a phase works on.</summary>
/// <param name="Config">How it is sealed.</param>
/// <param name="Miner">The miner's actor id.</param>
/// <param name="Number">Sector number.</param>
public sealed record PhaseSector(SealConfig Config, ulong Miner, ulong Number)
{
    /// <summary>The miner's prover id.</summary>
    public Bytes32 ProverId => Proofs.ProverId.FromActorId(Miner);
}
