namespace Federation.Discovery.Embedded.Log;

/// <summary>
/// The files of one folder, as far as the log needs them. What <see cref="ILogFile.Sync"/>, <see cref="Rename"/>,
/// <see cref="Delete"/> and the creation in <see cref="OpenAppend"/> have done when they return survives a loss of
/// power; what was appended and not synced may be there in part, as bytes of any kind, or not at all.
/// </summary>
internal interface ILogFiles
{
    /// <summary>The names of all files.</summary>
    IReadOnlyList<string> Names();

    /// <summary>A file's bytes.</summary>
    byte[] Read(string name);

    /// <summary>Opens a file to append after its first <paramref name="length"/> bytes, cutting off the rest.</summary>
    ILogFile OpenAppend(string name, long length);

    /// <summary>Gives a file its final name, replacing what had it.</summary>
    void Rename(string from, string to);

    /// <summary>Deletes a file.</summary>
    void Delete(string name);
}
