namespace Federation.Proofs.Tests;

public sealed class SectorShapeTests
{
    [Theory]
    [InlineData("2KiB", 64, 1, 2, 1, 1, 73)]
    [InlineData("4KiB", 128, 2, 2, 1, 1, 73)]
    [InlineData("16KiB", 512, 8, 2, 1, 1, 73)]
    [InlineData("32KiB", 1024, 16, 2, 1, 1, 73)]
    [InlineData("8MiB", 1 << 18, 1, 2, 2, 1, 299_593)]
    [InlineData("16MiB", 1 << 19, 2, 2, 2, 1, 299_593)]
    [InlineData("512MiB", 1 << 24, 1, 2, 2, 1, 19_173_961)]
    [InlineData("1GiB", 1 << 25, 2, 2, 2, 1, 19_173_961)]
    [InlineData("32GiB", 1 << 30, 8, 11, 2, 10, 153_391_689)]
    [InlineData("64GiB", 1L << 31, 16, 11, 2, 10, 153_391_689)]
    public void Parse_KnownName_HasFilecoinsValues(
        string name, long nodes, int baseTrees, int layers, int discarded, int partitions, long baseTreeNodes)
    {
        var shape = SectorShape.Parse(name);

        Assert.Equal(nodes, shape.Nodes);
        Assert.Equal(baseTrees, shape.BaseTreeCount);
        Assert.Equal(layers, shape.Layers);
        Assert.Equal(discarded, shape.RowsToDiscard);
        Assert.Equal(partitions, shape.PoRepPartitions);
        Assert.Equal(baseTreeNodes, shape.BaseTreeNodes);
        Assert.Equal(shape.BaseTreeLeaves, 1L << (3 * shape.BaseTreeHeight));
        Assert.Same(shape, SectorShape.FromSize(nodes * 32));
    }

    [Fact]
    public void FromSize_UnknownSize_ListsTheKnownOnes()
    {
        var error = Assert.Throws<ArgumentException>(() => SectorShape.FromSize(4095));

        Assert.Equal(
            "unknown sector size 4095: known are 2KiB, 4KiB, 16KiB, 32KiB, 8MiB, 16MiB, 512MiB, 1GiB, 32GiB, 64GiB",
            error.Message);
    }
}
