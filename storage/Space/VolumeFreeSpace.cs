namespace Federation.Storage.Space;

/// <summary>Asks the machine's file systems.</summary>
public sealed class VolumeFreeSpace : IFreeSpace
{
    /// <summary>The one instance that is needed.</summary>
    public static VolumeFreeSpace Instance { get; } = new();

    /// <inheritdoc/>
    public long FreeBytes(string path) => new DriveInfo(path).AvailableFreeSpace;
}
