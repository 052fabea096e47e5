using Federation.Storage.Attempts;
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
        var waiting = Attempt(storage, Second, SealingPhase.PreCommit1);

        Assert.Null(ledger.TryReserve(Attempt(storage, First, SealingPhase.PreCommit1), Size, out var first));
        Assert.Matches(
            $"^storage {storage.Root} \\({storage.Id}\\) has 26\\.[0-9] KiB left, PC1 of {Second} needs 32\\.[0-9] KiB: "
            + "free some space there or attach a larger path\\.$",
            ledger.TryReserve(waiting, Size, out var refused));
        Assert.Null(refused);

        first!.Dispose();
        first.Dispose();
        Assert.Null(ledger.TryReserve(waiting, Size, out _));
    }

    [Fact]
    public void TryReserve_AnotherProcessHasReserved_IsRefusedUntilThatAttemptEnds()
    {
        var storage = _folder.Attach();
        var (ours, theirs) = (new SpaceLedger(storage, new Room(60_000)), new SpaceLedger(storage, new Room(60_000)));
        var (mine, running) =
            (Attempt(storage, First, SealingPhase.PreCommit1), Attempt(storage, Second, SealingPhase.PreCommit2));
        Assert.Null(theirs.TryReserve(running, Size, out _));
        Assert.Contains("free some space", ours.TryReserve(mine, Size, out _), StringComparison.Ordinal);
        Assert.Equal(0, ours.ReservedBytes(except: Second));

        // Its process has died: the reservation goes with the attempt.
        storage.Attempts(Second, SealingPhase.PreCommit2).Delete(running.Id);
        Assert.Null(ours.TryReserve(mine, Size, out _));
    }

    [Fact]
    public void TryReserve_OtherAttemptIsComplete_ItsReservationIsOver()
    {
        var storage = _folder.Attach();
        var ledger = new SpaceLedger(storage, new Room(60_000));
        var done = Attempt(storage, Second, SealingPhase.PreCommit1);
        Assert.Null(ledger.TryReserve(done, Size, out _));
        File.WriteAllBytes(done.PathOf(AttemptFileName.Sealed), new byte[10]);
        Assert.Equal("sealed", Assert.Single(done.Complete()).Name);
        Assert.Null(ledger.TryReserve(Attempt(storage, First, SealingPhase.PreCommit1), Size, out _));
    }

    [Fact]
    public void TryReserve_RetryOfTheSameSector_DoesNotWaitForItself()
    {
        var storage = _folder.Attach();
        var ledger = new SpaceLedger(storage, new Room(60_000));
        Assert.Null(ledger.TryReserve(Attempt(storage, First, SealingPhase.PreCommit1), Size, out _));
        Assert.Null(ledger.TryReserve(Attempt(storage, First, SealingPhase.PreCommit1), Size, out _));
    }

    /// <summary>Where a path is over its limit, the phases that end sectors and free room must not stand
    /// still.</summary>
    [Fact]
    public void TryReserve_PathIsOverfullAndPhaseNeedsNoRoom_IsGranted()
    {
        var storage = _folder.Attach(new SectorStoreConfig { Id = "x", CanSeal = true, MaxStorage = 1 });
        var ledger = new SpaceLedger(storage, new Room(1L << 40));
        Assert.Null(ledger.TryReserve(Attempt(storage, First, SealingPhase.Commit1), Size, out var reservation));
        Assert.NotNull(reservation);
    }

    [Fact]
    public void ReservedBytes_FilesGrow_Shrinks()
    {
        var storage = _folder.Attach();
        var ledger = new SpaceLedger(storage, new Room(60_000));
        var attempt = Attempt(storage, First, SealingPhase.AddPiece);
        ledger.TryReserve(attempt, Size, out _);
        Assert.InRange(ledger.ReservedBytes(except: Second), 1900, 2048);

        File.WriteAllBytes(attempt.PathOf(AttemptFileName.Unsealed), new byte[2000]);

        Assert.InRange(ledger.ReservedBytes(except: Second), 0, 48);
    }

    [Fact]
    public void TryReserve_MaxStorageReached_IsRefused()
    {
        var storage = _folder.Attach(new SectorStoreConfig { Id = "x", CanSeal = true, MaxStorage = 4000 });
        var ledger = new SpaceLedger(storage, new Room(1L << 40));
        var attempt = Attempt(storage, Second, SealingPhase.AddPiece);
        Assert.Null(ledger.TryReserve(Attempt(storage, First, SealingPhase.AddPiece), Size, out var reservation));
        Directory.CreateDirectory(Path.Combine(storage.Root, "unsealed"));
        File.WriteAllBytes(storage.Paths(First).Unsealed, new byte[2055]);
        reservation!.Dispose();

        Assert.Contains("has 1.8 KiB left", ledger.TryReserve(attempt, Size, out _), StringComparison.Ordinal);
    }

    [Fact]
    public void TryReserve_PathGone_SaysItCannotBeWritten()
    {
        var storage = _folder.Attach();
        var attempt = Attempt(storage, First, SealingPhase.AddPiece);
        Directory.Delete(storage.Root, recursive: true);

        var problem = new SpaceLedger(storage, new Room(1L << 40)).TryReserve(attempt, Size, out _);

        Assert.StartsWith(
            $"storage {storage.Root} ({storage.Id}) cannot be written (", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void FreeBytes_OfARealVolume_IsPositive() =>
        Assert.True(VolumeFreeSpace.Instance.FreeBytes(_folder.Root) > 0);

    private static AttemptFolder Attempt(StorageFolder storage, SectorId sector, SealingPhase phase) =>
        storage.Attempts(sector, phase).Create(1, 1);

    private sealed class Room(long bytes) : IFreeSpace
    {
        public long FreeBytes(string path) => bytes;
    }
}
