namespace Federation.Launcher.Tests;

/// <summary>A folder that is deleted at the end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("federation-launcher-");

    public string Root => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
