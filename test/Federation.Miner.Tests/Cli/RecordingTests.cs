using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Federation.Miner.Sectors;
using Federation.Miner.Tests.Host;

namespace Federation.Miner.Tests.Cli;

/// <summary>
/// Held against what a running Lotus said, where the recordings are at hand; the golden values are elsewhere.
/// </summary>
public sealed partial class RecordingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("federation-miner-");

    private static readonly string? Recordings = Find();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void States_OfLotusOwnList_AreOurs()
    {
        if (Recordings is null)
        {
            return;
        }

        var lines = File.ReadAllLines(Path.Combine(Recordings, "cli/sealing/update-state-bad.txt"));
        Assert.Equal(lines.Skip(2).Where(static line => line.Length > 0
            && !line.StartsWith("exit ", StringComparison.Ordinal)).Order(StringComparer.Ordinal), SectorStates.All);
    }

    [Fact]
    public async Task Api_EveryRecordedRequestToTheMinersRpc_IsAnsweredAsRecorded()
    {
        if (Recordings is null)
        {
            return;
        }

        await using var miner = await RunningMiner.StartAsync(Path.Combine(_folder.FullName, "repo"));
        using var http = new HttpClient { BaseAddress = miner.ApiUri() };
        var cases = 0;
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(Recordings, "http-cases.jsonl")))
        {
            var recorded = JsonDocument.Parse(line).RootElement;
            var request = recorded.GetProperty("request").GetString()!.Split(' ');
            if (request[1] == "/rpc/v0")
            {
                await CheckAsync(http, miner.Token(), recorded, new HttpMethod(request[0]));
                cases++;
            }
        }

        Assert.True(cases >= 13, $"{cases} cases");
    }

    private static async Task CheckAsync(HttpClient http, string token, JsonElement recorded, HttpMethod method)
    {
        var name = recorded.GetProperty("case").GetString();
        using var request = new HttpRequestMessage(method, "rpc/v0");
        if (recorded.GetProperty("body").GetString() is { } body)
        {
            request.Content = new StringContent(body);
        }

        request.Headers.Authorization = recorded.GetProperty("auth").GetString() switch
        {
            "none" => null,
            "bad" => new AuthenticationHeaderValue("Bearer", "bad"),
            _ => new AuthenticationHeaderValue("Bearer", token),
        };
        using var answer = await http.SendAsync(request);
        Assert.True(
            recorded.GetProperty("status").GetString()!.StartsWith(
                $"HTTP/1.1 {(int)answer.StatusCode} ", StringComparison.Ordinal),
            $"{name}: {answer.StatusCode}");
        Assert.Equal(Comparable(recorded.GetProperty("response").GetString()!),
            Comparable(await answer.Content.ReadAsStringAsync()));
    }

    /// <summary>Versions are each program's own, and names of Go types may differ.</summary>
    private static string Comparable(string answer) =>
        TypeNames().Replace(Versions().Replace(answer, "VERSION"), "TYPE");

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var shared = Path.Combine(folder.FullName, "shared", "vectors", "lotus");
            if (Directory.Exists(shared))
            {
                return shared;
            }
        }

        return null;
    }

    [GeneratedRegex("\\{\"Version\":[^}]*\\}")]
    private static partial Regex Versions();

    [GeneratedRegex("(abi\\.SectorNumber|uint64)")]
    private static partial Regex TypeNames();
}
