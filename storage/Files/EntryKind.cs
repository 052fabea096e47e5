namespace Federation.Storage.Files;

/// <summary>What stands at a path, links not followed.</summary>
public enum EntryKind
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A regular file.</summary>
    File = 1,

    /// <summary>A directory.</summary>
    Directory = 2,

    /// <summary>A symbolic link, or anything else that is neither file nor directory.</summary>
    Other = 3,
}
