using Federation.Proofs.Pieces;
using Federation.Proofs.Sha256;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Tests.Trees;

public sealed class TreeDTests : IDisposable
{
    private const int ChunkBytes = 256 << 10;

    private readonly TempFolder _folder = new();

    public static TheoryData<string, int> SizesAndThreads => new()
    {
        { "2KiB", 1 },
        { "8MiB", 1 },
        { "8MiB", 3 },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(SizesAndThreads))]
    public void Build_AnyData_WritesEveryRow(string size, int threads)
    {
        SectorShape shape = SectorShape.Parse(size);
        AssertTree(shape, Data(shape), threads);
    }

    // Zeros are not hashed: whole chunks of them, parts of chunks, a last byte alone.
    [Fact]
    public void Build_ZerosInPlaces_WritesEveryRow()
    {
        SectorShape shape = SectorShape.Parse("8MiB");
        byte[] data = Data(shape);
        data.AsSpan(0, 3 * ChunkBytes).Clear();
        data.AsSpan(10 * ChunkBytes, ChunkBytes - 1).Clear();
        data.AsSpan(20 * ChunkBytes, ChunkBytes).Clear();
        data.AsSpan(data.Length - ChunkBytes - 64).Clear();
        AssertTree(shape, data, 2);
    }

    [Theory]
    [MemberData(nameof(SizesAndThreads))]
    public void Build_CommittedCapacity_IsTheTreeOfZeros(string size, int threads)
    {
        SectorShape shape = SectorShape.Parse(size);
        Assert.Equal(ZeroPieces.Commitment(shape.SectorSize), AssertTree(shape, new byte[shape.SectorSize], threads));
    }

    [Fact]
    public void Build_FileThatWasThere_IsReplaced()
    {
        SectorShape shape = SectorShape.Parse("2KiB");
        File.WriteAllBytes(_folder["tree-d"], [.. Enumerable.Repeat((byte)0xee, 10_000)]);
        AssertTree(shape, new byte[shape.SectorSize], 1);
    }

    [Fact]
    public void Build_Progress_RisesToOne()
    {
        SectorShape shape = SectorShape.Parse("8MiB");
        File.WriteAllBytes(_folder["data"], Data(shape));
        var seen = new List<double>();
        TreeD.Build(
            shape,
            _folder["data"],
            _folder["tree-d"],
            new SealOptions { Threads = 2 },
            new Recorder(seen),
            CancellationToken.None);
        Assert.Equal(seen.Order(), seen);
        Assert.Equal(1, seen[^1]);
    }

    [Fact]
    public void Build_Cancelled_Throws()
    {
        SectorShape shape = SectorShape.Parse("2KiB");
        File.WriteAllBytes(_folder["data"], Data(shape));
        Assert.Throws<OperationCanceledException>(() => TreeD.Build(
            shape, _folder["data"], _folder["tree-d"], new SealOptions(), null, new CancellationToken(canceled: true)));
    }

    // Leaves, a row in the middle of a chunk, the rows above the chunks, the root; no sample would hit them all.
    [Theory]
    [InlineData(0)]
    [InlineData((5 << 20) + 7)]
    [InlineData((8 << 20) - 1)]
    [InlineData(9_000_000)]
    [InlineData((16 << 20) - (64 * 32))]
    [InlineData((16 << 20) - 33)]
    public void IsWhole_OneBitChanged_IsFalse(int position)
    {
        SectorShape shape = SectorShape.Parse("8MiB");
        byte[] data = Data(shape);
        data.AsSpan(3 * ChunkBytes, ChunkBytes).Clear();
        Bytes32 root = AssertTree(shape, data, 2);
        Assert.True(IsWhole(shape, root));

        byte[] tree = File.ReadAllBytes(_folder["tree-d"]);
        tree[position] ^= 1;
        File.WriteAllBytes(_folder["tree-d"], tree);

        Assert.False(IsWhole(shape, root));
    }

    [Fact]
    public void IsWhole_TreeOfOtherDataShortOrMissing_IsFalse()
    {
        SectorShape shape = SectorShape.Parse("2KiB");
        Bytes32 root = AssertTree(shape, Data(shape), 1);
        Assert.True(IsWhole(shape, root));
        Assert.False(IsWhole(shape, ZeroPieces.Commitment(shape.SectorSize)));

        byte[] tree = File.ReadAllBytes(_folder["tree-d"]);
        File.WriteAllBytes(_folder["tree-d"], tree[..^1]);
        Assert.False(IsWhole(shape, root));

        File.Delete(_folder["tree-d"]);
        Assert.False(IsWhole(shape, root));
    }

    [Fact]
    public void IsWhole_Cancelled_Throws()
    {
        SectorShape shape = SectorShape.Parse("2KiB");
        Bytes32 root = AssertTree(shape, Data(shape), 1);
        Assert.Throws<OperationCanceledException>(() => TreeD.IsWhole(
            shape, _folder["tree-d"], root, new SealOptions(), null, new CancellationToken(canceled: true)));
    }

    private bool IsWhole(SectorShape shape, Bytes32 root) => TreeD.IsWhole(
        shape, _folder["tree-d"], root, new SealOptions { Threads = 2 }, null, CancellationToken.None);

    private static byte[] Data(SectorShape shape)
    {
        var data = new byte[shape.SectorSize];
        CounterData.Fill("tree-d", data);
        return data;
    }

    private Bytes32 AssertTree(SectorShape shape, byte[] data, int threads)
    {
        File.WriteAllBytes(_folder["data"], data);
        Bytes32 root = TreeD.Build(
            shape,
            _folder["data"],
            _folder["tree-d"],
            new SealOptions { Threads = threads },
            null,
            CancellationToken.None);

        byte[] row = data;
        var expected = new MemoryStream();
        for (; row.Length > 32; row = Parents(row))
        {
            expected.Write(row);
        }

        expected.Write(row);
        Assert.True(expected.ToArray().AsSpan().SequenceEqual(File.ReadAllBytes(_folder["tree-d"])));
        Assert.Equal(new Bytes32(row), root);
        return root;
    }

    private static byte[] Parents(byte[] row)
    {
        var parents = new byte[row.Length / 2];
        Sha256Scalar.HashPairs(row, parents);
        return parents;
    }

    private sealed class Recorder(List<double> seen) : IProgress<double>
    {
        public void Report(double value) => seen.Add(value);
    }
}
