using System.Text.RegularExpressions;

namespace Federation.Proto.Tests.Transport;

/// <summary>What no source of the project may contain.</summary>
public sealed partial class SourceRulesTests
{
    [Fact]
    public void Sources_OfAllProjects_NeverReplaceTheCheckOfAPeersCertificate()
    {
        var files = Sources().ToList();
        Assert.True(files.Count > 50, $"only {files.Count} source files found");
        Assert.DoesNotContain(files, file => Replacement().IsMatch(File.ReadAllText(file)));
    }

    [GeneratedRegex("Certificate(Custom)?ValidationCallback|DangerousAcceptAny|AllowAnyClientCertificate")]
    private static partial Regex Replacement();

    private static IEnumerable<string> Sources()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Federation.sln")))
        {
            root = root.Parent;
        }

        var own = nameof(SourceRulesTests) + ".cs";
        return root.EnumerateDirectories()
            .Where(folder => folder.Name is not "artifacts" and not ".git")
            .SelectMany(folder => folder.EnumerateFiles("*.cs", SearchOption.AllDirectories))
            .Where(file => file.Name != own)
            .Select(file => file.FullName);
    }
}
