namespace Federation.Worker.Tests;

/// <summary>A folder of a test's own, removed with it.</summary>
internal sealed class TempFolder : IDisposable
{
    private const int Tries = 10_000;

    public string Path { get; } = Directory.CreateTempSubdirectory("federation-worker-").FullName;

    public void Dispose()
    {
        for (var tries = 1; Directory.Exists(Path); tries++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && tries < Tries)
            {
                // What a test has cancelled may be about to write its last file.
                Thread.Yield();
            }
        }
    }

    public string In(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);
}
