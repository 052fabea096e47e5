using Federation.Proofs.AddPiece;
using Federation.Proofs.PreCommit1;

namespace Federation.Proofs.Tests.PreCommit1;

/// <summary>
/// Sectors of zeros have one tree-d among them; a file is known again by the time that a test gave it.
/// </summary>
public sealed class SharedTreeDTests : IDisposable
{
    private static readonly SectorShape Shape = SectorShape.Parse("2KiB");
    private static readonly DateTime Once = DateTime.UnixEpoch.AddYears(40);

    private readonly TempFolder _folder = new();

    private string Shared => _folder["shared/tree-d"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_SecondSectorOfZeros_HasTheTreeOfTheFirst()
    {
        var own = Run(1, sharing: false);
        var first = Run(2);
        File.SetLastWriteTimeUtc(Shared, Once);

        var second = Run(3);

        Assert.Equal((Once, Once), (File.GetLastWriteTimeUtc(first), File.GetLastWriteTimeUtc(second)));
        Assert.Equal(File.ReadAllBytes(own), File.ReadAllBytes(second));
        Assert.NotEqual(Once, File.GetLastWriteTimeUtc(own));
        Assert.Equal(["tree-d"], Names("shared"));
    }

    [Fact]
    public void Run_SectorOfTheSharedTreeIsCleared_LeavesItToTheOthers()
    {
        File.Delete(Run(1));
        File.SetLastWriteTimeUtc(Shared, Once);
        Assert.Equal(Once, File.GetLastWriteTimeUtc(Run(2)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3000)]
    public void Run_SharedTreeIsDamaged_IsReplacedForTheNextAndLeftToTheFirst(int position)
    {
        var honest = File.ReadAllBytes(Run(1));
        var damaged = honest.ToArray();
        damaged[position] ^= 1;
        File.WriteAllBytes(Shared, damaged);
        File.SetLastWriteTimeUtc(Shared, Once);

        Assert.Equal(honest, File.ReadAllBytes(Run(2)));
        Assert.Equal(honest, File.ReadAllBytes(Shared));
        Assert.NotEqual(Once, File.GetLastWriteTimeUtc(Run(3)));
        Assert.Equal(damaged, File.ReadAllBytes(_folder["cache-1/" + CacheFiles.TreeD]));
    }

    [Fact]
    public void Run_DataAreNotTheZerosOfThePieces_IsRefusedThoughATreeIsThere()
    {
        Run(1);
        var request = Request(2, sharing: true);
        using (var data = File.OpenWrite(request.UnsealedPath))
        {
            data.Position = 2047;
            data.WriteByte(1);
        }

        var error = Assert.Throws<InvalidDataException>(
            () => PreCommit1Phase.Run(request, new SealOptions(), null, default));

        Assert.Contains("the file is damaged or the pieces are another sector's", error.Message);
        Assert.Empty(Names("cache-2"));
    }

    [Fact]
    public void Run_SectorWithData_SharesNothing()
    {
        var request = Request(1, sharing: true, Enumerable.Repeat((byte)7, 2032).ToArray());
        PreCommit1Phase.Run(request, new SealOptions(), null, default);
        Assert.False(File.Exists(Shared));
    }

    // What a process that was killed left of the two names on their way.
    [Fact]
    public void Run_NamesOfAnEarlierProcessAreLeft_TakesTheirPlace()
    {
        Run(1);
        var request = Request(2, sharing: true);
        Directory.CreateDirectory(request.CacheDirectory);
        File.WriteAllText(Path.Combine(request.CacheDirectory, CacheFiles.TreeD + ".link"), "left");
        File.WriteAllText(Shared + ".tmp", "left");
        File.SetLastWriteTimeUtc(Shared, Once);

        PreCommit1Phase.Run(request, new SealOptions(), null, default);
        File.Delete(Shared);
        Run(3);

        Assert.Equal(Once, File.GetLastWriteTimeUtc(_folder["cache-2/" + CacheFiles.TreeD]));
        Assert.DoesNotContain(CacheFiles.TreeD + ".link", Names("cache-2"));
        Assert.Equal(["tree-d"], Names("shared"));
    }

    private IEnumerable<string> Names(string folder) =>
        Directory.GetFiles(_folder[folder]).Select(Path.GetFileName).Order(StringComparer.Ordinal)!;

    /// <summary>PC1 of a sector of zeros; its tree-d.</summary>
    private string Run(ulong sector, bool sharing = true)
    {
        var request = Request(sector, sharing);
        PreCommit1Phase.Run(request, new SealOptions(), null, default);
        return Path.Combine(request.CacheDirectory, CacheFiles.TreeD);
    }

    private PreCommit1Request Request(ulong sector, bool sharing, byte[]? data = null)
    {
        var unsealed = _folder[$"unsealed-{sector}"];
        var piece = AddPiecePhase.Run(
            new AddPieceRequest
            {
                Shape = Shape,
                UnsealedPath = unsealed,
                UnpaddedSize = Shape.UnpaddedSize,
                Data = new MemoryStream(data ?? new byte[Shape.UnpaddedSize]),
            },
            null,
            default);
        return new PreCommit1Request
        {
            Config = SealConfig.FromRegistered(5),
            ProverId = ProverId.FromActorId(1000),
            Sector = sector,
            Ticket = Bytes32.FromHex(string.Concat(Enumerable.Repeat("07", 32))),
            Pieces = [piece],
            UnsealedPath = unsealed,
            SharedTreeDPath = sharing ? Shared : null,
            CacheDirectory = _folder[$"cache-{sector}"],
        };
    }
}
