namespace Federation.Storage;

/// <summary>Names and lists of <see cref="SectorFileType"/>.</summary>
public static class SectorFileTypes
{
    /// <summary>Every single type.</summary>
    public static IReadOnlyList<SectorFileType> All { get; } =
    [
        SectorFileType.Unsealed, SectorFileType.Sealed, SectorFileType.Cache,
        SectorFileType.Update, SectorFileType.UpdateCache, SectorFileType.Piece,
    ];

    /// <summary>The folder of a single type, below a storage path.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not one single type.</exception>
    public static string FolderName(this SectorFileType type) => type switch
    {
        SectorFileType.Unsealed => "unsealed",
        SectorFileType.Sealed => "sealed",
        SectorFileType.Cache => "cache",
        SectorFileType.Update => "update",
        SectorFileType.UpdateCache => "update-cache",
        SectorFileType.Piece => "piece",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "One single type of sector file is needed."),
    };

    /// <summary>
    /// Finds a type by its folder's exact name: what a request names becomes this before it becomes a path.
    /// </summary>
    public static bool TryParse(string? folderName, out SectorFileType type)
    {
        type = All.FirstOrDefault(candidate => candidate.FolderName() == folderName);
        return type != SectorFileType.None;
    }
}
