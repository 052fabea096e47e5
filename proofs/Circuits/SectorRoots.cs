namespace Federation.Proofs.Circuits;

/// <summary>Roots of a sector's trees as variables of a circuit.</summary>
internal readonly record struct SectorRoots(Num CommD, Num CommC, Num CommRLast);
