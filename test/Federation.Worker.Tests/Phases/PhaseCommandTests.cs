using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Federation.Worker.Phases;

namespace Federation.Worker.Tests.Phases;

/// <summary>A sector redone by hand, phase by phase; values of the reference's 2KiB-5 and 2KiB-10.</summary>
public sealed partial class PhaseCommandTests : IDisposable
{
    private const string Sector5 = "--proof-type 5 --miner t01000 --sector 1";
    private const string Ticket5 = "--ticket b6bdab0cd7f0498c109a0037544c219b86bf4639c130b5583e70a328bdb72339";
    private const string Seed5 = "--seed e0ed51b4daf33f49d970cba21d2e3bca545b53e6785789981ddde9b901f5be98";
    private const string CommD5 = "f269317c03c35da4db0bd5a102cc444f53cd97738a7c9a4016cec202cdf7a71d";
    private const string CommR5 = "aeace3038d6b60c4ff75e528e9a982ad188c91c5b44143af51272c1ca89b9d0a";

    private readonly string _folder = Directory.CreateTempSubdirectory("federation-phase-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Phases_ReferencesSector_PrintItsValues()
    {
        await SealAsync(Sector5, Ticket5, "federation/2KiB-5");
        var pc2 = await SucceedAsync($"pc2 {Sector5} {Ticket5} --cache @cache --sealed @sealed");
        Assert.Equal(CommR5, pc2.GetProperty("CommR").GetString());
        Assert.StartsWith("bagboea4b5abc", pc2.GetProperty("CommRCID").GetString());
        Assert.Equal(
            "9c8105e85ac97a48174986050ccb8ca7cd2f4fdc0cac0556ea6b3f7bb8ca5918", pc2.GetProperty("CommC").GetString());
        Assert.Equal(
            "63f2be613f0f3d26369758c05e0d561ad04ebdb4fabf56080ec6e63a781a8b29",
            pc2.GetProperty("CommRLast").GetString());
        Assert.Equal("1d756aa62318e3f4910e89a14fc942f06b08863e7adbef320931d70d27adabd2", DigestOf(pc2, "sealed"));

        var c1 = await SucceedAsync($"c1 {Sector5} {Ticket5} {Seed5} --cache @cache --sealed @sealed --c1out @c1.json");
        Assert.Equal("6ae1d6b4a7d1f5e9500bf29e3dcdc5ab6629e7132225ff46bb01b85f389a510f", DigestOf(c1, "c1.json"));
        Assert.Equal("[41,39]", c1.GetProperty("Challenges").GetRawText());
        Assert.Equal(
            "d63b5981e6957c3d06d8ed3b8947dbc23e4123601dcfc586a33cbab557d62008",
            c1.GetProperty("ReplicaID").GetString());

        var verified = await SucceedAsync(
            $"verify {Sector5} {Ticket5} {Seed5} --comm-d {CommD5} --comm-r {CommR5} --c1out @c1.json");
        Assert.True(verified.GetProperty("Valid").GetBoolean());

        foreach (var (wrong, failure) in new[]
        {
            (Sector5.Replace("--sector 1", "--sector 2"), "NodeIndex"),
            (Sector5.Replace("t01000", "t01001"), "NodeIndex"),
            (Sector5.Replace("--proof-type 5", "--proof-type 0"), "Malformed"),
        })
        {
            var (code, output, error) = await RunAsync(
                $"verify {wrong} {Ticket5} {Seed5} --comm-d {CommD5} --comm-r {CommR5} --c1out @c1.json");
            Assert.Equal(1, code);
            Assert.Equal(failure, JsonDocument.Parse(output).RootElement.GetProperty("Failure").GetString());
            Assert.Contains("refused", error);
        }
    }

    [Fact]
    public async Task Fin_SealedSector_LeavesWhatLaterProofsNeedAndUnsealsStill()
    {
        await SealAsync(Sector5, Ticket5, "federation/2KiB-5");
        var early = await FailAsync($"fin {Sector5} --cache @cache --sealed @sealed");
        Assert.Contains("p_aux is missing: nothing was removed\n", early);
        Assert.True(File.Exists(Path.Combine(_folder, "cache", "sc-02-data-layer-1.dat")));
        await SucceedAsync($"pc2 {Sector5} {Ticket5} --cache @cache --sealed @sealed");
        await SucceedAsync($"c1 {Sector5} {Ticket5} {Seed5} --cache @cache --sealed @sealed --c1out @c1.json");

        for (var times = 0; times < 2; times++)
        {
            var fin = await SucceedAsync($"fin {Sector5} --cache @cache --sealed @sealed");
            Assert.Equal(
                ["p_aux", "sc-02-data-tree-r-last.dat", "sealed", "t_aux"],
                fin.GetProperty("Files").EnumerateObject().Select(file => file.Name));
        }

        await SucceedAsync(
            $"unseal {Sector5} {Ticket5} --comm-d {CommD5} --cache @labels --sealed @sealed --data-out @restored");
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(_folder, "data")),
            await File.ReadAllBytesAsync(Path.Combine(_folder, "restored")));
    }

    [Fact]
    public async Task Pc2Clear_Synthetic_LeavesWhatCommit1Needs()
    {
        const string sector = "--proof-type 10 --miner t0127 --sector 3";
        const string ticket = "--ticket f28402ba76b54fabacd783f19edb95a6a652b895f39613cb7f97b542a7458628";
        await SealAsync(sector, ticket, "federation/2KiB-10");

        var refused = await FailAsync($"pc2 {sector} --cache @cache --sealed @sealed --clear");
        Assert.Contains("ticket", refused);
        var pc2 = await SucceedAsync($"pc2 {sector} {ticket} --cache @cache --sealed @sealed --clear");
        Assert.Equal(
            ["p_aux", "sc-02-data-tree-r-last.dat", "sealed", "syn-porep-vanilla-proofs.dat", "t_aux"],
            pc2.GetProperty("Files").EnumerateObject().Select(file => file.Name));
        Assert.Equal(
            "03e964a6ebbcbd61df073fa6e794bd1cc4aa57f1ff0376420a95b66d9f45c7f5",
            DigestOf(pc2, "syn-porep-vanilla-proofs.dat"));

        var c1 = await SucceedAsync(
            $"c1 {sector} {ticket} --seed 5f51c8105e60562679fd39010e3bd6049780fbcc459e5d96b3ce378a89bc27d3"
            + " --cache @cache --sealed @sealed --c1out @c1.json");
        Assert.Equal("cf8913b90efa7a39445d7a340e9ea414ab9c52fc9f48ea7322c40e6c9700d630", DigestOf(c1, "c1.json"));
    }

    [Fact]
    public async Task Unseal_ReferencesSector_RestoresWholeAndRange()
    {
        await SealAsync(Sector5, Ticket5, "federation/2KiB-5");
        await SucceedAsync($"pc2 {Sector5} {Ticket5} --cache @cache --sealed @sealed");
        var data = File.ReadAllBytes(Path.Combine(_folder, "data"));

        var whole = await SucceedAsync(
            $"unseal {Sector5} {Ticket5} --comm-d {CommD5} --sealed @sealed --cache @made --data-out @all"
            + " --unsealed-out @unsealed.again");
        Assert.Equal(CommD5, whole.GetProperty("CommD").GetString());
        Assert.Equal(data, File.ReadAllBytes(Path.Combine(_folder, "all")));
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(_folder, "unsealed")),
            File.ReadAllBytes(Path.Combine(_folder, "unsealed.again")));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "made")));

        var part = await SucceedAsync(
            $"unseal {Sector5} {Ticket5} --pieces @pieces --sealed @sealed --cache @cache"
            + " --offset 1000 --size 33 --data-out @part");
        Assert.Equal(33, part.GetProperty("Bytes").GetInt64());
        Assert.Equal(data[1000..1033], File.ReadAllBytes(Path.Combine(_folder, "part")));
        Assert.Single(part.GetProperty("Verified").EnumerateArray());
    }

    private static string DigestOf(JsonElement report, string file) =>
        report.GetProperty("Files").GetProperty(file).GetProperty("SHA256").GetString()!;

    private async Task SealAsync(string sector, string ticket, string tag)
    {
        var data = Enumerable.Range(0, 64)
            .SelectMany(
                i => SHA256.HashData([.. System.Text.Encoding.ASCII.GetBytes(tag), .. BitConverter.GetBytes(i)]))
            .Take(2032)
            .ToArray();
        File.WriteAllBytes(Path.Combine(_folder, "data"), data);
        var ap = await SucceedAsync($"ap {sector} --piece-data @data --unsealed @unsealed");
        File.WriteAllText(Path.Combine(_folder, "pieces"), ap.GetProperty("Pieces").GetRawText());
        var pc1 = await SucceedAsync(
            $"pc1 {sector} {ticket} --pieces @pieces --unsealed @unsealed --sealed @sealed --cache @cache");
        Assert.Equal(ap.GetProperty("CommP").GetString(), pc1.GetProperty("CommD").GetString());
    }

    private async Task<JsonElement> SucceedAsync(string arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.Equal((0, ""), (code, error));
        Assert.Single(output.Trim().Split('\n'));
        return JsonDocument.Parse(output).RootElement;
    }

    private async Task<string> FailAsync(string arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.Equal((1, ""), (code, output));
        return error;
    }

    /// <summary>Runs <c>worker phase</c>; <c>@name</c> is a path in the test's folder.</summary>
    private async Task<(int Code, string Output, string Error)> RunAsync(string arguments)
    {
        var configuration = new InvocationConfiguration { Output = new StringWriter(), Error = new StringWriter() };
        var words = arguments.Split(' ').Select(word => word.StartsWith('@') ? Path.Combine(_folder, word[1..]) : word);
        using var limit = new CancellationTokenSource(Bounds.Limit);
        var code = await PhaseCommand.Create().Parse([.. words]).InvokeAsync(configuration, limit.Token);
        var error = StandardError.WithoutProgress(configuration.Error.ToString()!);
        return (code, configuration.Output.ToString()!, error);
    }
}
