using Federation.Proofs.Commit1;

namespace Federation.Proofs.Tests.Commit1;

/// <summary>Columns of 32 and 64 GiB sectors from sparse layer files: offsets to 2^36.</summary>
public sealed class LargeColumnsTests
{
    [Theory]
    [InlineData("32GiB")]
    [InlineData("64GiB")]
    public void Read_LastNode_IsEveryLayersLabel(string name)
    {
        using var folder = new TempFolder();
        var shape = SectorShape.Parse(name);
        for (var layer = 1; layer <= shape.Layers; layer++)
        {
            using var file = File.OpenHandle(folder[CacheFiles.Layer(layer)], FileMode.CreateNew, FileAccess.Write);
            RandomAccess.SetLength(file, shape.SectorSize);
            RandomAccess.Write(file, Label(layer), shape.SectorSize - 32);
        }

        using var columns = new LayerColumns(shape, folder.Path);

        Assert.Equal(
            Enumerable.Range(1, shape.Layers).SelectMany(Label), columns.Read((uint)(shape.Nodes - 1)));
        Assert.All(columns.Read((uint)(shape.Nodes - 2)), octet => Assert.Equal(0, octet));
    }

    [Theory]
    [InlineData("2KiB", 575_072)]
    [InlineData("8MiB", 96 + (262_144L * 23_704))]
    public void FileSize_AnyShape_IsHeaderAndRecords(string name, long size) =>
        Assert.Equal(size, SyntheticProver.FileSize(SectorShape.Parse(name)));

    private static byte[] Label(int layer) => [.. Enumerable.Repeat((byte)layer, 32)];
}
