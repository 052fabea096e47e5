namespace Federation.Hosting.Tests;

/// <summary>Finds the repository's own golden values and, where they are, the shared recordings beside it.</summary>
internal static class TestPaths
{
    internal static string Vectors { get; } = Path.Combine(Root(), "test", "vectors");

    /// <summary>The path of a shared recording of Lotus, or null where the recordings are not at hand.</summary>
    internal static string? SharedLotus(string name)
    {
        var path = Path.Combine(Root(), "..", "shared", "vectors", "lotus", name);
        return File.Exists(path) || Directory.Exists(path) ? path : null;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Federation.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("Federation.sln is in no parent folder.");
    }
}
