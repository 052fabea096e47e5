namespace Federation.Storage.Space;

/// <summary>
/// Lotus's space factors: bytes that a sector's files take while it is sealed, in tenths of its size.
/// </summary>
public static class SpaceFactors
{
    private const long Denominator = 10;

    /// <summary>Most bytes that one type of a sector's files takes while it is sealed.</summary>
    public static long WhileSealing(SectorFileType type, long sectorSize) => sectorSize * Tenths(type) / Denominator;

    /// <summary>Bytes of a type once the sector is finalized: the cache shrinks to a tenth of the sector.</summary>
    public static long Finalized(SectorFileType type, long sectorSize) =>
        type == SectorFileType.Cache ? sectorSize / Denominator : WhileSealing(type, sectorSize);

    /// <summary>
    /// Bytes that a sector may have come to take by the end of a phase: the unsealed file from AP on; replica and
    /// cache, whose largest extent PC2 reaches, already from PC1 on, so that PC2 never fails for what PC1's start could
    /// know.
    /// </summary>
    public static long Through(SealingPhase phase, long sectorSize) => phase switch
    {
        SealingPhase.AddPiece or SealingPhase.Unseal => WhileSealing(SectorFileType.Unsealed, sectorSize),
        SealingPhase.PreCommit1 or SealingPhase.PreCommit2 =>
            WhileSealing(SectorFileType.Unsealed, sectorSize) + WhileSealing(SectorFileType.Sealed, sectorSize)
            + WhileSealing(SectorFileType.Cache, sectorSize),
        SealingPhase.Fetch =>
            WhileSealing(SectorFileType.Sealed, sectorSize) + Finalized(SectorFileType.Cache, sectorSize),
        _ => 0,
    };

    private static long Tenths(SectorFileType type) => type switch
    {
        SectorFileType.Unsealed or SectorFileType.Sealed or SectorFileType.Update or SectorFileType.Piece => 10,
        SectorFileType.Cache => 141,
        SectorFileType.UpdateCache => 21,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "One single type of sector file is needed."),
    };
}
