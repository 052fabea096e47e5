using System.Xml.Linq;

namespace Federation.Architecture.Tests;

/// <summary>
/// Projects refer to one another in one direction only. Each may refer to those listed here, and no others; a project
/// that is not listed is a mistake too.
/// </summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["proofs"] = [],
        ["toml"] = [],
        ["journal"] = [],
        ["proto"] = [],
        ["storage"] = ["proofs"],
        ["discovery"] = ["proto", "journal"],
        ["chain"] = ["proofs", "journal"],
        ["hosting"] = ["toml", "proto", "journal"],
        ["worker"] = ["proofs", "storage", "proto", "hosting"],
        ["miner-agent"] = ["proofs", "storage", "proto", "discovery", "hosting"],
        ["miner"] = ["proofs", "storage", "proto", "discovery", "chain", "hosting", "toml"],
        ["launcher"] = ["hosting", "storage"],
    };

    [Fact]
    public void Projects_ReferOnlyToWhatStandsAboveThem()
    {
        var root = Root();
        var projects = Directory.GetDirectories(root)
            .Where(folder => Path.GetFileName(folder) is not ("test" or "bench" or "artifacts"))
            .SelectMany(folder => Directory.GetFiles(folder, "*.csproj")).ToList();

        Assert.Equal(
            Allowed.Keys.Order(StringComparer.Ordinal),
            projects.Select(project => FolderOf(project)).Order(StringComparer.Ordinal));
        foreach (var project in projects)
        {
            var wrong = References(project).Except(Allowed[FolderOf(project)]).ToList();
            Assert.True(wrong.Count == 0, $"{FolderOf(project)} must not refer to {string.Join(", ", wrong)}");
        }
    }

    [Fact]
    public void UnsafeCode_IsAllowedInProofsOnly()
    {
        var folders = Directory.GetDirectories(Root())
            .SelectMany(folder => Directory.GetFiles(folder, "*.csproj"))
            .Where(project =>
                XDocument.Load(project).Descendants("AllowUnsafeBlocks").Any(element => element.Value == "true"))
            .Select(FolderOf);

        Assert.Empty(folders.Except(["proofs"]));
    }

    /// <summary>The table itself has no cycle: every project comes after all that it may refer to.</summary>
    [Fact]
    public void Allowed_Table_HasNoCycle()
    {
        var placed = new HashSet<string>();
        while (placed.Count < Allowed.Count)
        {
            var next = Allowed.Where(pair => !placed.Contains(pair.Key) && pair.Value.All(placed.Contains)).Select(
                pair => pair.Key).ToList();
            Assert.NotEmpty(next);
            placed.UnionWith(next);
        }
    }

    private static string FolderOf(string project) => Path.GetFileName(Path.GetDirectoryName(project)!);

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(project).Descendants("ProjectReference")
        .Select(reference =>
            Path.GetFileName(Path.GetDirectoryName(reference.Attribute("Include")!.Value.Replace('\\', '/'))!));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Federation.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Federation.sln is above the tests' output.");
        }

        return folder.FullName;
    }
}
