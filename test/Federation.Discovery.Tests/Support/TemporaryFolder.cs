namespace Federation.Discovery.Tests.Support;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("federation-store-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
