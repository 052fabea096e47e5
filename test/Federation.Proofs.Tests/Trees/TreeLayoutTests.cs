using Federation.Proofs.Trees;

namespace Federation.Proofs.Tests.Trees;

public class TreeLayoutTests
{
    // Nodes per file of tree-d, tree-c and tree-r-last as the specification lists them.
    [Theory]
    [InlineData("2KiB", 127, 73, 1)]
    [InlineData("4KiB", 255, 73, 1)]
    [InlineData("32KiB", 2047, 73, 1)]
    [InlineData("8MiB", 524_287, 299_593, 585)]
    [InlineData("16MiB", 1_048_575, 299_593, 585)]
    [InlineData("512MiB", 33_554_431, 19_173_961, 37_449)]
    [InlineData("1GiB", 67_108_863, 19_173_961, 37_449)]
    [InlineData("32GiB", 2_147_483_647, 153_391_689, 299_593)]
    [InlineData("64GiB", 4_294_967_295, 153_391_689, 299_593)]
    public void StoredNodes_OfShape_AreSpecified(string size, long treeD, long treeC, long treeRLast)
    {
        SectorShape shape = SectorShape.Parse(size);
        Assert.Equal(treeD, TreeLayout.TreeD(shape).StoredNodes);
        Assert.Equal(treeC, TreeLayout.TreeC(shape).StoredNodes);
        Assert.Equal(treeRLast, TreeLayout.TreeRLast(shape).StoredNodes);
    }

    [Fact]
    public void RowOffset_OfBinaryTree_FollowsRows()
    {
        var layout = new TreeLayout(2, 8, 0);
        Assert.Equal([0, 8, 12, 14], Enumerable.Range(0, 4).Select(layout.RowOffset));
        Assert.Equal([8, 4, 2, 1], Enumerable.Range(0, 4).Select(layout.RowNodes));
    }

    [Fact]
    public void RowOffset_OfRowsThatAreNotStored_IsRefused()
    {
        var layout = new TreeLayout(8, 512, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => layout.RowOffset(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => layout.RowOffset(4));
        Assert.Equal(0, layout.RowOffset(2));
        Assert.Equal(8, layout.RowOffset(3));
    }

    [Theory]
    [InlineData(2, 0, 0)]
    [InlineData(2, 3, 0)]
    [InlineData(8, 16, 0)]
    [InlineData(3, 9, 0)]
    [InlineData(8, 64, 3)]
    [InlineData(8, 64, -1)]
    public void Layout_Impossible_IsRefused(int arity, long leaves, int skippedRows) =>
        Assert.Throws<ArgumentException>(() => new TreeLayout(arity, leaves, skippedRows));
}
