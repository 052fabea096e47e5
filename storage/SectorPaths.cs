namespace Federation.Storage;

/// <summary>Where a sector's published files live below one storage path.</summary>
/// <param name="Unsealed">The unsealed file.</param>
/// <param name="Sealed">The replica.</param>
/// <param name="Cache">The folder of layers, trees and auxiliary files.</param>
/// <param name="Handover">
/// The folder of what one phase leaves for the next and Lotus keeps elsewhere (PC1's and C1's output); gone once the
/// sector is finalized.
/// </param>
public sealed record SectorPaths(string Unsealed, string Sealed, string Cache, string Handover);
