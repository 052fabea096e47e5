using Federation.Proofs.Post;

namespace Federation.Worker.Phases;

/// <summary>A sector as a file names it.</summary>
/// <param name="Sector">What the chain knows of it.</param>
/// <param name="CachePath">Cache folder, if named.</param>
/// <param name="SealedPath">Replica, if named.</param>
internal sealed record PostSectorEntry(PostSector Sector, string? CachePath, string? SealedPath)
{
    /// <summary>The sector with its files, whose names are needed to prove it.</summary>
    /// <exception cref="PhaseException">One is not named.</exception>
    public PostReplica Replica() => CachePath is null || SealedPath is null
        ? throw new PhaseException(
            PhaseFault.InvalidInput,
            $"sector {Sector.Number} has no {(CachePath is null ? "Cache" : "Sealed")} in the sectors file")
        : new PostReplica(Sector, CachePath, SealedPath);
}
