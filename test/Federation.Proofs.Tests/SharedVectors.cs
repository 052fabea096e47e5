namespace Federation.Proofs.Tests;

/// <summary>
/// Golden values that lie beside the repository and are too large, or not ours, to commit; absent on most machines.
/// </summary>
internal static class SharedVectors
{
    private static readonly string Folder = Path.GetFullPath(
        Path.Combine(Vectors.Folder, "..", "..", "..", "shared", "vectors"));

    /// <summary>The file's path; null where it is absent.</summary>
    public static string? Find(string name)
    {
        var path = Path.Combine(Folder, name);
        return File.Exists(path) ? path : null;
    }
}
