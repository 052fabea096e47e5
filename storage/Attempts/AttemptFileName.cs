using System.Diagnostics.CodeAnalysis;

namespace Federation.Storage.Attempts;

/// <summary>
/// A file's name within an attempt: <c>unsealed</c>, <c>sealed</c>, <c>cache/NAME</c> or <c>handover/NAME</c>. Only
/// such names can be made, so none leads out of its folder: NAME is a plain word of letters, digits, '.', '_' and '-'
/// that does not begin with a dot.
/// </summary>
public sealed record AttemptFileName
{
    private const int MaxEntryLength = 100;

    private AttemptFileName(string folder, string? entry)
    {
        Folder = folder;
        Entry = entry;
    }

    /// <summary>The unsealed file.</summary>
    public static AttemptFileName Unsealed { get; } = new(SectorFileType.Unsealed.FolderName(), null);

    /// <summary>The replica.</summary>
    public static AttemptFileName Sealed { get; } = new(SectorFileType.Sealed.FolderName(), null);

    /// <summary>C1's output, which C2 reads in the region.</summary>
    public static AttemptFileName Commit1Output { get; } = InHandover("c1.json");

    /// <summary>C2's proof.</summary>
    public static AttemptFileName Commit2Proof { get; } = InHandover("c2.proof");

    /// <summary>The folder that it belongs to below a storage path.</summary>
    public string Folder { get; }

    /// <summary>
    /// Its name within a sector's folder; null for <c>unsealed</c> and <c>sealed</c>, which are single files.
    /// </summary>
    public string? Entry { get; }

    /// <summary>A file of the cache.</summary>
    /// <exception cref="FormatException">The name is not a plain word.</exception>
    public static AttemptFileName InCache(string name) => Parse($"{SectorFileType.Cache.FolderName()}/{name}");

    /// <summary>A hand-over file.</summary>
    /// <exception cref="FormatException">The name is not a plain word.</exception>
    public static AttemptFileName InHandover(string name) => Parse($"{StorageFolder.HandoverFolder}/{name}");

    /// <summary>Parses a name that came from elsewhere.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AttemptFileName? name)
    {
        name = text == Unsealed.Folder ? Unsealed : text == Sealed.Folder ? Sealed : null;
        if (name is not null || text is null)
        {
            return name is not null;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return false;
        }

        var (folder, entry) = (text[..slash], text[(slash + 1)..]);
        if ((folder == SectorFileType.Cache.FolderName() || folder == StorageFolder.HandoverFolder)
            && IsPlainWord(entry))
        {
            name = new AttemptFileName(folder, entry);
        }

        return name is not null;
    }

    /// <summary>Parses a name.</summary>
    /// <exception cref="FormatException">Not a name of a file in an attempt.</exception>
    public static AttemptFileName Parse(string? text) => TryParse(text, out var name)
        ? name
        : throw new FormatException($"'{text}' is not the name of a file in an attempt, such as cache/p_aux.");

    /// <summary>The name, relative to the attempt's folder.</summary>
    public override string ToString() => Entry is null ? Folder : $"{Folder}/{Entry}";

    private static bool IsPlainWord(string entry) =>
        entry.Length is > 0 and <= MaxEntryLength && entry[0] != '.'
        && entry.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
