using System.Text.Json;

namespace Federation.Hosting.Tests.JsonRpc;

/// <summary>One request with the answer it must get. Shared recordings write the status as a whole HTTP line.</summary>
public sealed record HttpCase(
    string Name,
    string Method,
    string Path,
    string? Body,
    string Auth,
    int Status,
    IReadOnlyList<string> Headers,
    string Response)
{
    internal static IReadOnlyList<HttpCase> Load(string path) => [.. File.ReadLines(path).Select(Read)];

    private static HttpCase Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        var request = root.GetProperty("request").GetString()!.Split(' ');
        var status = root.GetProperty("status");
        return new HttpCase(
            root.GetProperty("case").GetString()!,
            request[0],
            request[1],
            root.GetProperty("body").GetString(),
            root.GetProperty("auth").GetString()!,
            status.ValueKind == JsonValueKind.Number
                ? status.GetInt32()
                : int.Parse(status.GetString()!.Split(' ')[1], null),
            [.. root.GetProperty("headers").EnumerateArray().Select(h => h.GetString()!)],
            root.GetProperty("response").GetString()!);
    }
}
