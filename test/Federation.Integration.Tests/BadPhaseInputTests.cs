using System.Text.Json;
using Federation.Integration.Tests.Support;

namespace Federation.Integration.Tests;

/// <summary><c>worker phase</c> as a process on wrong input: one sentence, a remedy, exit code 1, and no file
/// touched.</summary>
[Collection(nameof(Federations))]
public sealed class BadPhaseInputTests : IAsyncLifetime
{
    private const string Sector = "--proof-type 5 --miner t01000 --sector 1";
    private const string Ticket = "--ticket 0101010101010101010101010101010101010101010101010101010101010101";
    private const string Seed = "--seed 0202020202020202020202020202020202020202020202020202020202020202";
    private readonly CommandFolder _folder = CommandFolder.Empty();
    private string _commD = "";

    /// <summary>A sector with PC2 done, its pieces, and pieces of wrong sizes.</summary>
    public async Task InitializeAsync()
    {
        var ap = await SucceedAsync($"ap {Sector} --unsealed @unsealed");
        _commD = ap.GetProperty("CommD").GetString()!;
        var pieces = ap.GetProperty("Pieces").GetRawText();
        await File.WriteAllTextAsync(_folder["pieces"], pieces);
        await File.WriteAllTextAsync(_folder["pieces-1024"], pieces.Replace("2048", "1024"));
        await File.WriteAllTextAsync(_folder["pieces-1000"], pieces.Replace("2048", "1000"));
        await File.WriteAllTextAsync(_folder["pieces-bad"], "{");
        await File.WriteAllBytesAsync(_folder["data-100"], new byte[100]);
        await File.WriteAllBytesAsync(_folder["data-4064"], new byte[4064]);
        await SucceedAsync($"pc1 {Sector} {Ticket} --pieces @pieces --unsealed @unsealed --sealed @sealed --cache @cache");
        await SucceedAsync($"pc2 {Sector} {Ticket} --sealed @sealed --cache @cache");
    }

    public async Task DisposeAsync() => await _folder.DisposeAsync();

    [Fact]
    public async Task Phase_WrongArguments_SaysWhatIsWrong()
    {
        var before = Snapshot();
        foreach (var (arguments, sentence, remedy) in Cases())
        {
            (await _folder.RunAsync(TestPrograms.Worker, $"phase {arguments}")).AssertOneError(sentence, remedy);
        }

        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("cache/sc-02-data-layer-1.dat", "pc2",
        "layer-1.dat is missing, damaged or of another sector: run PreCommit1 again")]
    [InlineData("cache/sc-02-data-tree-d.dat", "pc2", "sc-02-data-tree-d.dat")]
    [InlineData("unsealed", "pc1", "the file is damaged or the pieces are another sector's")]
    [InlineData("sealed", "c1", "are damaged at node")]
    [InlineData("cache/p_aux", "c1", "damaged")]
    public async Task Phase_CorruptFile_IsRefusedAndNothingElseTouched(string file, string phase, string sentence)
    {
        var bytes = await File.ReadAllBytesAsync(_folder[file]);
        for (var i = 0; i < bytes.Length; i += 32)
        {
            bytes[i] ^= 1;
        }

        await File.WriteAllBytesAsync(_folder[file], bytes);
        var before = Snapshot();

        (await _folder.RunAsync(TestPrograms.Worker, "phase " + Redo(phase))).AssertOneError(sentence, "");

        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("cache/sc-02-data-layer-2.dat", "pc2")]
    [InlineData("cache/sc-02-data-tree-d.dat", "pc2")]
    [InlineData("unsealed", "pc1")]
    [InlineData("sealed", "c1")]
    [InlineData("cache/p_aux", "c1")]
    public async Task Phase_MissingFile_NamesIt(string file, string phase)
    {
        File.Delete(_folder[file]);
        var before = Snapshot();

        (await _folder.RunAsync(TestPrograms.Worker, "phase " + Redo(phase))).AssertOneError(_folder[file], "phase");

        Assert.Equal(before, Snapshot());
    }

    [MountFact]
    public async Task Commit1_OnAFullDisk_SaysSoAndLeavesNothing()
    {
        using var mount = new TinyMount(_folder["tiny"]);
        mount.Fill();

        (await _folder.RunAsync(
            TestPrograms.Worker, $"phase c1 {Sector} {Ticket} {Seed} --sealed @sealed --cache @cache --c1out @tiny/c1"))
            .AssertOneError($"No space left on device : '{mount.Path}/c1", "see that the disk has room");

        Assert.Equal(["fill"], Directory.GetFiles(mount.Path).Select(Path.GetFileName));
    }

    [MountFact]
    public async Task AddPiece_OnAReadOnlyDisk_SaysSo()
    {
        using var mount = new TinyMount(_folder["tiny"]);
        mount.MakeReadOnly();

        (await _folder.RunAsync(TestPrograms.Worker, $"phase ap {Sector} --unsealed @tiny/unsealed"))
            .AssertOneError($"Read-only file system : '{mount.Path}/unsealed'", "the folder can be written");
    }

    private static IEnumerable<(string Arguments, string Sentence, string Remedy)> Cases() =>
    [
        ($"ap {Sector} --unsealed @new --piece-data @data-100",
            "a piece has 127 bytes times a power of two, not 100: extend it with zeros", ""),
        ($"ap {Sector} --unsealed @new --piece-data @data-4064", "does not fit into a sector of 2048", ""),
        ($"ap {Sector} --unsealed @new --piece-data @nope", "nope'", "check the path as typed"),
        ($"ap {Sector} --unsealed @nowhere/new", "nowhere/new'", "check the path as typed"),
        ("ap --sector-size 3KiB --porep-id 00 --api-version 1.1 --miner t01000 --sector 1 --unsealed @new",
            "unknown sector size \"3KiB\": known are 2KiB", ""),
        ("ap --proof-type 99 --miner t01000 --sector 1 --unsealed @new",
            "unknown registered seal proof 99: known are 0 to 19", ""),
        ("ap --proof-type 5 --miner xyz --sector 1 --unsealed @new",
            "--miner \"xyz\" is malformed: an id address such as t01000 is needed", ""),
        ($"pc1 {Sector} --ticket zz --pieces @pieces --unsealed @unsealed --sealed @s --cache @c",
            "--ticket \"zz\" is malformed: 64 hexadecimal digits are needed", "--help"),
        ($"pc1 {Sector} --ticket 01 --pieces @pieces --unsealed @unsealed --sealed @s --cache @c",
            "--ticket \"01\" is malformed: 64 hexadecimal digits are needed", "--help"),
        ($"pc1 {Sector} --pieces @pieces --unsealed @unsealed --sealed @s --cache @c", "--ticket is missing", "--help"),
        ($"pc1 {Sector} {Ticket} --pieces @pieces-1024 --unsealed @unsealed --sealed @s --cache @c",
            "the pieces are another sector's", ""),
        ($"pc1 {Sector} {Ticket} --pieces @pieces-1000 --unsealed @unsealed --sealed @s --cache @c",
            "a power of two of at least 128 bytes, not 1000", ""),
        ($"pc1 {Sector} {Ticket} --pieces @pieces-bad --unsealed @unsealed --sealed @s --cache @c",
            "is not a JSON list of {Size, PieceCID}", ""),
        ($"verify {Sector} {Ticket} {Seed} --comm-d zz --comm-r zz --c1out @nope", "--comm-d \"zz\" is malformed",
            "--help"),
    ];

    private string Redo(string phase) => phase switch
    {
        "pc1" => $"pc1 {Sector} {Ticket} --pieces @pieces --unsealed @unsealed --sealed @s --cache @c",
        "pc2" => $"pc2 {Sector} {Ticket} --comm-d {_commD} --sealed @sealed --cache @cache",
        _ => $"c1 {Sector} {Ticket} {Seed} --pieces @pieces --sealed @sealed --cache @cache --c1out @c1",
    };

    private async Task<JsonElement> SucceedAsync(string arguments)
    {
        var result = await _folder.RunAsync(TestPrograms.Worker, $"phase {arguments}");
        Assert.True(result.ExitCode == 0, string.Join('\n', result.Lines));
        // A phase that takes seconds tells how far it is, before its result.
        using var document = JsonDocument.Parse(result.Lines.First(static line => line.StartsWith('{')));
        return document.RootElement.Clone();
    }

    /// <summary>Every file but the commands' own logs, with what it holds.</summary>
    private List<string> Snapshot() =>
        [.. Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories)
            .Where(static path => !path.EndsWith(".log", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(static path =>
                $"{path} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}")];
}
