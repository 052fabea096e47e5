namespace Federation.MinerAgent.Tests;

/// <summary>A folder of a test's own, removed with it.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("federation-agent-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public string In(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);
}
