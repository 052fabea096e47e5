using System.Text;
using System.Text.Json;

namespace Federation.Toml.Tests;

/// <summary>One case of the public suite; prints as its name.</summary>
public sealed record SuiteCase(string Name, byte[] Document, JsonElement? Expected)
{
    internal static IReadOnlyList<SuiteCase> Load(string file)
    {
        var path = Path.Combine(RepositoryRoot(), "test", "vectors", "toml-test", file);
        return [.. File.ReadLines(path).Select(Read)];
    }

    public override string ToString() => Name;

    private static SuiteCase Read(string line)
    {
        var json = JsonDocument.Parse(line).RootElement;
        var document = json.TryGetProperty("toml", out var text)
            ? Encoding.UTF8.GetBytes(text.GetString()!)
            : json.GetProperty("tomlBase64").GetBytesFromBase64();
        return new SuiteCase(
            json.GetProperty("name").GetString()!,
            document,
            json.TryGetProperty("expected", out var expected) ? expected : null);
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Federation.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("Federation.sln is in no parent folder.");
    }
}
