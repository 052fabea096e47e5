using System.Globalization;
using Federation.Discovery.Embedded;
using Federation.Discovery.Tests.Support;
using Xunit.Abstractions;

namespace Federation.Discovery.Tests.Embedded;

/// <summary>The process that writes is killed at moments by chance; what it said was written is there.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int LinesAtLeast = 20;

    [Fact]
    public async Task Kill_WhileWritingAgainAndAgain_LosesNothingAcknowledged()
    {
        var kills = PeerProcess.IsLongRun ? 100 : 10;
        var seed = Environment.TickCount;
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        var acknowledged = new Dictionary<string, long>();
        for (var kill = 1; kill <= kills; kill++)
        {
            var lines = LinesAtLeast + random.Next(400);
            await WriteAndKillAsync(folder.Path, lines, acknowledged);
            await using var store = await EmbeddedStore.OpenAsync(folder.Path);
            foreach (var (writer, count) in acknowledged)
            {
                var found = long.Parse(await store.GetAsync("writer" + writer) ?? "0", CultureInfo.InvariantCulture);
                Assert.True(found >= count,
                    $"kill {kill}, seed {seed}: writer {writer} has {found}, {count} was acknowledged");
            }
        }

        output.WriteLine($"{kills} kills, {acknowledged.Values.Sum()} acknowledged writes");
    }

    private static async Task WriteAndKillAsync(string folder, int lines, Dictionary<string, long> acknowledged)
    {
        using var writer = PeerProcess.Start("write", folder);
        for (var i = 0; i < lines; i++)
        {
            Take(await writer.StandardOutput.ReadLineAsync().BoundAsync(), acknowledged);
        }

        writer.Kill();
        // What was in the pipe when it died was acknowledged as well; a last line may be cut short.
        var rest = await writer.StandardOutput.ReadToEndAsync().BoundAsync();
        await writer.WaitForExitAsync().BoundAsync();
        foreach (var line in rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Take(line, acknowledged);
        }
    }

    private static void Take(string? line, Dictionary<string, long> acknowledged)
    {
        Assert.NotNull(line);
        var (writer, count) = (line.Split(' ')[0], long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
        Assert.True(count > acknowledged.GetValueOrDefault(writer), line);
        acknowledged[writer] = count;
    }
}
