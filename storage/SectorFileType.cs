namespace Federation.Storage;

/// <summary>Kinds of sector files, with Lotus's bits. The numbers reach files and wires: they never change.</summary>
[Flags]
public enum SectorFileType
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The padded data, with its trailer of allocated ranges.</summary>
    Unsealed = 1,

    /// <summary>The replica.</summary>
    Sealed = 2,

    /// <summary>Layers, trees and auxiliary files.</summary>
    Cache = 4,

    /// <summary>The updated replica.</summary>
    Update = 8,

    /// <summary>The updated replica's trees.</summary>
    UpdateCache = 16,

    /// <summary>Pieces before they are added to a sector.</summary>
    Piece = 32,
}
