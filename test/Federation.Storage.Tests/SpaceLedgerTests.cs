using Federation.Storage.Config;
using Federation.Storage.Space;

namespace Federation.Storage.Tests;

public sealed class SpaceLedgerTests : IDisposable
{
    private const long Size = 2048;
    private static readonly SectorId First = new(1000, 1), Second = new(1000, 2);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SectorFileType.Unsealed, 2048)]
    [InlineData(SectorFileType.Sealed, 2048)]
    [InlineData(SectorFileType.Cache, 28876)]
    [InlineData(SectorFileType.Update, 2048)]
    [InlineData(SectorFileType.UpdateCache, 4300)]
    public void WhileSealing_2KiB_IsLotusFactor(SectorFileType type, long bytes) =>
        Assert.Equal(bytes, SpaceFactors.WhileSealing(type, Size));

    [Fact]
    public void TryReserve_SecondSectorDoesNotFit_IsRefusedInOneSentence()
    {
        var storage = _folder.Attach();
        var ledger = new SpaceLedger(storage, new Room(60_000));

        Assert.Null(ledger.TryReserve(First, SealingPhase.PreCommit1, Size, out var first));
        Assert.Equal(
            $"storage {storage.Root} ({storage.Id}) has 26.4 KiB left, PC1 of {Second} needs 32.2 KiB: "
            + "free some space there or attach a larger path.",
            ledger.TryReserve(Second, SealingPhase.PreCommit1, Size, out var refused));
        Assert.Null(refused);

        first!.Dispose();
        Assert.Null(ledger.TryReserve(Second, SealingPhase.PreCommit1, Size, out _));
    }

    [Fact]
    public void ReservedBytes_FilesGrow_Shrinks()
    {
        var storage = _folder.Attach();
        var ledger = new SpaceLedger(storage, new Room(60_000));
        ledger.TryReserve(First, SealingPhase.AddPiece, Size, out _);
        Assert.Equal(2048, ledger.ReservedBytes());

        var attempt = storage.Attempts(First, SealingPhase.AddPiece).Create(1, 1);
        File.WriteAllBytes(attempt.PathOf(Attempts.AttemptFileName.Unsealed), new byte[2000]);

        Assert.InRange(ledger.ReservedBytes(), 0, 48);
    }

    [Fact]
    public void TryReserve_MaxStorageReached_IsRefused()
    {
        var storage = _folder.Attach(new SectorStoreConfig { Id = "x", CanSeal = true, MaxStorage = 4000 });
        var ledger = new SpaceLedger(storage, new Room(1L << 40));
        Assert.Null(ledger.TryReserve(First, SealingPhase.AddPiece, Size, out var reservation));
        Directory.CreateDirectory(Path.Combine(storage.Root, "unsealed"));
        File.WriteAllBytes(storage.Paths(First).Unsealed, new byte[2055]);
        reservation!.Dispose();

        Assert.Contains("has 1.9 KiB left", ledger.TryReserve(Second, SealingPhase.AddPiece, Size, out _),
            StringComparison.Ordinal);
    }

    [Fact]
    public void TryReserve_PathGone_SaysItCannotBeWritten()
    {
        var storage = _folder.Attach();
        Directory.Delete(storage.Root, recursive: true);

        var problem = new SpaceLedger(storage, new Room(1L << 40)).TryReserve(
            First, SealingPhase.AddPiece, Size, out _);

        Assert.StartsWith(
            $"storage {storage.Root} ({storage.Id}) cannot be written (", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void FreeBytes_OfARealVolume_IsPositive() =>
        Assert.True(VolumeFreeSpace.Instance.FreeBytes(_folder.Root) > 0);

    private sealed class Room(long bytes) : IFreeSpace
    {
        public long FreeBytes(string path) => bytes;
    }
}
