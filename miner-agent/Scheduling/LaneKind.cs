namespace Federation.MinerAgent.Scheduling;

/// <summary>What sectors must have in common to be labelled in lockstep.</summary>
/// <param name="Proof">The seal proof, or what stands for it where it has no number.</param>
/// <param name="SectorSize">Sector size in bytes.</param>
public sealed record LaneKind(string Proof, ulong SectorSize)
{
    /// <summary>The kind of a sector; null where its job does not say how it is sealed.</summary>
    public static LaneKind? Of(Proto.Records.SealSpec? spec) => spec is null ? null
        : new LaneKind(spec.HasSealProof ? $"{spec.SealProof}"
            : $"{spec.PorepId}/{spec.ApiVersion}/{spec.Feature}", spec.SectorSize);
}
