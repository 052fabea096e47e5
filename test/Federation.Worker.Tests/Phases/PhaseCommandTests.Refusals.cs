namespace Federation.Worker.Tests.Phases;

// Every kind of wrong input: one sentence, and nothing lost.
public sealed partial class PhaseCommandTests
{
    [Theory]
    [InlineData("ap --piece-data @data --unsealed @data", "--unsealed and --piece-data")]
    [InlineData(
        $"pc1 {Ticket5} --pieces @pieces --unsealed @data --sealed @data --cache @cache", "--sealed and --unsealed")]
    [InlineData($"pc2 {Ticket5} --sealed @data --output @data --cache @cache", "--sealed and --output")]
    [InlineData($"c1 {Ticket5} {Seed5} --sealed @data --cache @cache --c1out @data", "--c1out and --sealed")]
    [InlineData(
        $"unseal {Ticket5} --sealed @data --cache @cache --comm-d {CommD5} --data-out @data",
        "--data-out and --sealed")]
    [InlineData(
        $"unseal {Ticket5} --sealed @data --cache @cache --comm-d {CommD5} --data-out @link",
        "--data-out and --sealed")]
    [InlineData(
        $"unseal {Ticket5} --sealed @data --cache @cache --comm-d {CommD5} --unsealed-out @cache/../data",
        "--unsealed-out and --sealed")]
    [InlineData(
        $"unseal {Ticket5} --sealed @sealed --cache @cache --comm-d {CommD5} --data-out @data --unsealed-out @data",
        "--data-out and --unsealed-out")]
    public async Task Phase_OneFileForTwoOptions_IsRefusedAndStaysAsItIs(string arguments, string sentence)
    {
        var path = Path.Combine(_folder, "data");
        await File.WriteAllTextAsync(path, "not to be lost");
        File.CreateSymbolicLink(Path.Combine(_folder, "link"), path);

        var error = await FailAsync($"{arguments} {Sector5}");

        Assert.Contains($"{sentence} both name {path}, which would be overwritten\n", error);
        Assert.Equal("not to be lost", await File.ReadAllTextAsync(path));
    }

    // Trees could be built of each, and their CommR would go to the chain.
    [Theory]
    [InlineData("sc-02-data-layer-1.dat", 33 * 32)]
    [InlineData("sc-02-data-layer-2.dat", 33 * 32)]
    [InlineData("sc-02-data-tree-d.dat", 33 * 32)]
    public async Task Pc2_FileChangedOnDisk_IsRefusedUntilPc1MadeItAnew(string name, int position)
    {
        await SealAsync(Sector5, Ticket5, "federation/2KiB-5");
        var path = Path.Combine(_folder, "cache", name);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[position] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        var refused = await FailAsync($"pc2 {Sector5} {Ticket5} --cache @cache --sealed @sealed");
        Assert.Contains(path, refused);
        Assert.Contains("run PreCommit1 again\n", refused);

        await SealAsync(Sector5, Ticket5, "federation/2KiB-5");
        var pc2 = await SucceedAsync($"pc2 {Sector5} {Ticket5} --cache @cache --sealed @sealed");
        Assert.Equal(CommR5, pc2.GetProperty("CommR").GetString());
    }

    [Theory]
    [InlineData(
        "ap --proof-type 20 --miner t01000 --sector 1 --unsealed @u",
        "unknown registered seal proof 20: known are 0 to 19")]
    [InlineData(
        "ap --sector-size 3KiB --porep-id 00 --api-version 1.1 --miner t01000 --sector 1 --unsealed @u",
        "unknown sector size \"3KiB\": known are 2KiB, 4KiB")]
    [InlineData(
        "ap --sector-size 4KiB --porep-id 00 --api-version 1.1 --miner t01000 --sector 1 --unsealed @u",
        "--porep-id \"00\" is malformed")]
    [InlineData("ap --proof-type 5 --feature ni --miner t01000 --sector 1 --unsealed @u", "--proof-type says it all")]
    [InlineData(
        "ap --proof-type 5 --miner t3abc --sector 1 --unsealed @u",
        "--miner \"t3abc\" is malformed: an id address such as t01000")]
    [InlineData(
        "ap --proof-type 5 --miner t01000 --sector 1 --unsealed @u --piece-data @2031",
        "a piece has 127 bytes times a power of two, not 2031")]
    [InlineData(
        "ap --proof-type 5 --miner t01000 --sector 1 --unsealed @u --piece-data @4064",
        "does not fit into a sector of 2048")]
    [InlineData(
        "ap --proof-type 5 --miner t01000 --sector 1 --unsealed @u --memory 1MiB",
        "--memory 1MiB is not a size of at least 32MiB")]
    [InlineData(
        "pc1 --proof-type 5 --miner t01000 --sector 1 --ticket zz --pieces @p --unsealed @u --cache @cache",
        "--ticket \"zz\" is malformed: 64 hexadecimal digits")]
    [InlineData(
        "pc1 --proof-type 5 --miner t01000 --sector 1 --pieces @p --unsealed @u --cache @cache", "--ticket is missing")]
    [InlineData(
        $"pc1 --proof-type 5 --miner t01000 --sector 1 {Ticket5} --pieces @none --unsealed @u --cache @cache",
        "cannot be read")]
    [InlineData(
        $"pc1 --proof-type 5 --miner t01000 --sector 1 {Ticket5} --pieces @2031 --unsealed @u --cache @cache",
        "is not a JSON list of {Size, PieceCID}")]
    [InlineData(
        $"pc1 --proof-type 5 --miner t01000 --sector 1 {Ticket5} --pieces @p --unsealed @none --cache @cache",
        "none is missing")]
    [InlineData(
        $"pc1 --proof-type 5 --miner t01000 --sector 1 {Ticket5} --pieces @p --unsealed @2031 --cache @cache",
        "has 2031 bytes where 2048 are needed")]
    [InlineData(
        $"pc1 --proof-type 5 --miner t01000 --sector 1 {Ticket5} --pieces @p --unsealed @4064 --cache @cache",
        "the file is damaged or the pieces are another sector's")]
    [InlineData("pc2 --proof-type 5 --miner t01000 --sector 1 --cache @cache --sealed @s", "is missing")]
    [InlineData(
        $"c1 --proof-type 5 --miner t01000 --sector 1 {Ticket5} {Seed5} --cache @cache --sealed @s --c1out @c",
        "is missing")]
    public async Task Phase_WrongInput_SaysItInOneSentenceWithTheRemedyBelow(string arguments, string sentence)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "cache"));
        File.WriteAllText(
            Path.Combine(_folder, "p"),
            """[{"Size":2048,"PieceCID":"baga6ea4seaqpy7usqklokfx2vxuynmupslkeutzexe2uqurdg5vhtebhxqmpqmy"}]""");
        foreach (var size in new[] { 2031, 4064 })
        {
            File.WriteAllBytes(Path.Combine(_folder, $"{size}"), Enumerable.Repeat((byte)1, size).ToArray());
        }

        var error = await FailAsync(arguments);

        var lines = error.Trim().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains(sentence, lines[0]);
    }

    [Theory]
    [InlineData("sc-02-data-layer-2.dat")]
    [InlineData("sc-02-data-layer-1.dat")]
    [InlineData("sc-02-data-tree-d.dat")]
    public async Task Pc2_DamagedFile_NamesIt(string name)
    {
        await SealAsync(Sector5, Ticket5, "federation/2KiB-5");
        var path = Path.Combine(_folder, "cache", name);
        var bytes = File.ReadAllBytes(path);
        bytes[^32] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Contains(
            name, await FailAsync($"pc2 {Sector5} {Ticket5} --comm-d {CommD5} --cache @cache --sealed @sealed"));
    }

    [Theory]
    [InlineData("sc-02-data-layer-1.dat")]
    [InlineData("sc-02-data-tree-c.dat")]
    [InlineData("sc-02-data-tree-d.dat")]
    [InlineData("../sealed")]
    public async Task C1_DamagedFile_IsRefused(string name)
    {
        await SealAsync(Sector5, Ticket5, "federation/2KiB-5");
        await SucceedAsync($"pc2 {Sector5} {Ticket5} --cache @cache --sealed @sealed");
        var path = Path.Combine(_folder, "cache", name);
        var bytes = File.ReadAllBytes(path);
        bytes[41 * 32] ^= 1;
        File.WriteAllBytes(path, bytes);

        var error = await FailAsync($"c1 {Sector5} {Ticket5} {Seed5} --cache @cache --sealed @sealed --c1out @c1.json");

        Assert.Contains("damaged", error);
        Assert.Empty(Directory.GetFiles(_folder, "c1.json*"));
    }

    [Theory]
    [InlineData("--data-out @d", "neither CommD nor the pieces are given")]
    [InlineData($"--comm-d {CommD5}", "--data-out or --unsealed-out is missing")]
    [InlineData($"--comm-d {CommD5} --data-out @d --offset 2032", "are no part of the 2032 unpadded bytes")]
    [InlineData($"--comm-d {CommD5} --unsealed-out @d --size 127", "an unsealed file holds a whole sector")]
    [InlineData($"--comm-d {CommD5} --data-out @d", "gives no data")]
    public async Task Unseal_WrongInput_SaysItAndLeavesNoFile(string arguments, string sentence)
    {
        await SealAsync(Sector5, Ticket5, "federation/2KiB-5");
        await SucceedAsync($"pc2 {Sector5} {Ticket5} --cache @cache --sealed @sealed");
        var replica = Path.Combine(_folder, "sealed");
        File.WriteAllBytes(replica, [.. File.ReadAllBytes(replica)[..^1], 0xff]);

        var error = await FailAsync($"unseal {Sector5} {Ticket5} --sealed @sealed --cache @made {arguments}");

        Assert.Contains(sentence, error);
        Assert.Equal(["data"], Directory.GetFiles(_folder, "d*").Select(Path.GetFileName));
    }
}
