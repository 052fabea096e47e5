namespace Federation.Bench;

/// <summary>A folder for one figure's files, which goes with it: the next one may need the space.</summary>
internal sealed class FigureFolder : IDisposable
{
    /// <summary>Creates it.</summary>
    public FigureFolder(string path)
    {
        Path = path;
        Directory.CreateDirectory(path);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Removes it with all that is in it.</summary>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
