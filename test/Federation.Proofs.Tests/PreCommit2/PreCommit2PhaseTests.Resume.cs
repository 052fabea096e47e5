using Federation.Proofs.PreCommit2;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Tests.PreCommit2;

// A run that goes on where another was broken off.
public sealed partial class PreCommit2PhaseTests
{
    // Broken off behind tree-c: what is marked is not made again, whoever reads it afterwards finds the same sector.
    [Fact]
    public void Run_BrokenOffBehindTreeC_GoesOnFromThere()
    {
        BreakOffInStage("tree-r-last");
        string treeC = _folder["sc-02-data-tree-c.dat"];
        Assert.True(File.Exists(treeC + ".mark"));
        DateTime written = File.GetLastWriteTimeUtc(treeC);
        byte[] expected = File.ReadAllBytes(treeC);

        var reports = new RecordedProgress();
        PreCommit2Result result = PreCommit2Phase.Run(Request, new SealOptions(), reports, CancellationToken.None);

        Assert.Equal(Vector.Inputs.CommR, result.CommR);
        Assert.Equal(written, File.GetLastWriteTimeUtc(treeC));
        Assert.Equal(expected, File.ReadAllBytes(treeC));
        Assert.Equal(Vectors.Read(Path.Combine("seals", "2KiB-5", "sealed")), File.ReadAllBytes(Sealed));
        Assert.Equal(1, reports.Reports[^1].Fraction, precision: 9);
        Assert.DoesNotContain(FileNames(_folder.Path), name => name!.EndsWith(".mark", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_BrokenOffBehindBothTrees_WritesTheReplicaAnew()
    {
        BreakOffInStage("tree-r-last");
        string treeC = _folder["sc-02-data-tree-c.dat"], treeR = _folder["sc-02-data-tree-r-last.dat"];
        byte[] markC = File.ReadAllBytes(treeC + ".mark");
        File.WriteAllBytes(treeR, Vectors.Read(Path.Combine("seals", "2KiB-5", "sc-02-data-tree-r-last.dat")));
        File.WriteAllBytes(treeR + ".mark", MarkLike(markC, treeR));
        File.Delete(Sealed);
        DateTime written = File.GetLastWriteTimeUtc(treeR);

        Assert.Equal(Vector.Inputs.CommR, Run(Request).CommR);
        Assert.Equal(written, File.GetLastWriteTimeUtc(treeR));
        Assert.Equal(Vectors.Read(Path.Combine("seals", "2KiB-5", "sealed")), File.ReadAllBytes(Sealed));
    }

    [Theory]
    [InlineData("no mark")]
    [InlineData("torn mark")]
    [InlineData("damaged tree")]
    [InlineData("torn tree")]
    [InlineData("no tree")]
    public void Run_TreeThatIsNotWholeAndMarked_IsMadeAnew(string fault)
    {
        BreakOffInStage("tree-r-last");
        string treeC = _folder["sc-02-data-tree-c.dat"], mark = treeC + ".mark";
        byte[] tree = File.ReadAllBytes(treeC);
        switch (fault)
        {
            case "no mark": File.Delete(mark); break;
            case "torn mark": File.WriteAllBytes(mark, File.ReadAllBytes(mark)[..^1]); break;
            case "torn tree": File.WriteAllBytes(treeC, tree[..^32]); break;
            case "no tree": File.Delete(treeC); break;
            default:
                tree[100] ^= 1;
                File.WriteAllBytes(treeC, tree);
                tree[100] ^= 1;
                break;
        }

        Assert.Equal(Vector.Inputs.CommR, Run(Request).CommR);
        Assert.Equal(tree, File.ReadAllBytes(treeC));
    }

    [Fact]
    public void Run_TreeOfAnotherReplica_IsMadeAnew()
    {
        BreakOffInStage("tree-r-last");
        CopySector("2KiB-0");
        PreCommit2Result result = Run(Request with { Config = Vectors.Seal("2KiB-0").Config });
        Assert.Equal(Vectors.Seal("2KiB-0").Inputs.CommR, result.CommR);
    }

    // Another run may have the same file under its own name: it must not change there.
    [Fact]
    public void Run_TreeThatIsALinkToAnotherRuns_IsReplacedNotWrittenTo()
    {
        string treeC = _folder["sc-02-data-tree-c.dat"], other = _folder["other"];
        File.WriteAllBytes(other, new byte[2336]);
        File.CreateSymbolicLink(treeC, other);
        Assert.Equal(Vector.Inputs.CommR, Run(Request).CommR);
        Assert.Equal(new byte[2336], File.ReadAllBytes(other));
    }

    [Theory]
    [InlineData("2KiB", 4)]
    [InlineData("32GiB", 32)]
    public void Resumable_OfShape_AreItsTreesAndTheirMarks(string size, int count)
    {
        SectorShape shape = SectorShape.Parse(size);
        (string Name, long Bytes)[] files = [.. PreCommit2Phase.Resumable(shape)];
        Assert.Equal(count, files.Select(file => file.Name).Distinct().Count());
        Assert.Contains((CacheFiles.TreeRLast(shape, 0), TreeLayout.TreeRLast(shape).StoredNodes * 32), files);
        BreakOffInStage("tree-r-last");
        Assert.Equal(new FileInfo(_folder["sc-02-data-tree-c.dat.mark"]).Length, files[1].Bytes);
    }

    private static byte[] MarkLike(byte[] mark, string tree)
    {
        string[] lines = System.Text.Encoding.ASCII.GetString(mark).Split('\n');
        byte[] bytes = File.ReadAllBytes(tree);
        lines[2] = $"root {Convert.ToHexStringLower(bytes[^32..])}";
        lines[3] = $"sha256 {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))}";
        return System.Text.Encoding.ASCII.GetBytes(string.Join('\n', lines));
    }

    private void BreakOffInStage(string stage)
    {
        using var cancellation = new CancellationTokenSource();
        var reports = new RecordedProgress();
        reports.OnReport = () =>
        {
            if (reports.Reports[^1].Stage == stage)
            {
                cancellation.Cancel();
            }
        };
        Assert.Throws<OperationCanceledException>(
            () => PreCommit2Phase.Run(Request, new SealOptions(), reports, cancellation.Token));
    }
}
