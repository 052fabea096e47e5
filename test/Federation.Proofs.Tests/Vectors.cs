using System.Text.Json;

namespace Federation.Proofs.Tests;

/// <summary>Golden values that are committed, under test/vectors.</summary>
internal static class Vectors
{
    public static string Folder { get; } = Path.Combine(FindRoot(), "test", "vectors");

    public static IReadOnlyList<SealVector> Seals { get; } = LoadSeals();

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    public static SealVector Seal(string name) => Seals.Single(seal => seal.Name == name);

    private static List<SealVector> LoadSeals()
    {
        using var document = JsonDocument.Parse(Read("seals/seals.json"));
        return [.. document.RootElement.EnumerateArray().Select(element => new SealVector(element.Clone()))];
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Federation.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException(
                "Federation.sln is above no folder of the tests");
        }

        return folder.FullName;
    }
}
