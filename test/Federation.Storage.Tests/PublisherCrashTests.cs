using Federation.Storage.Attempts;
using Federation.Storage.Config;

namespace Federation.Storage.Tests;

/// <summary>
/// Power is lost after every single operation of publishing, with and without the loss of what was not flushed.
/// </summary>
public sealed class PublisherCrashTests
{
    private const string Root = "/storage";
    private static readonly SectorId Sector = new(1000, 7);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Publish_PowerLostAfterEachOperation_RepeatedPublishEndsTheSame(bool loseUnflushed)
    {
        var (total, _) = Run(int.MaxValue, loseUnflushed);
        Assert.InRange(total, 20, 200);

        for (var crashAfter = 0; crashAfter < total; crashAfter++)
        {
            var (_, disk) = Run(crashAfter, loseUnflushed);

            Assert.Equal("winner's p_aux", disk.ReadText($"{Root}/cache/s-t01000-7/p_aux"));
            Assert.Equal("winner's tree-d", disk.ReadText($"{Root}/cache/s-t01000-7/sc-02-data-tree-d.dat"));
            Assert.Equal("winner's replica", disk.ReadText($"{Root}/sealed/s-t01000-7"));
            Assert.Equal(["published-2.json"], disk.List($"{Root}/attempts/s-t01000-7/PC2"));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Publish_PowerLostAfterEachOperation_WinnerIsNeverLost(bool loseUnflushed)
    {
        var total = Run(int.MaxValue, loseUnflushed).Operations;
        for (var crashAfter = 0; crashAfter <= total; crashAfter++)
        {
            var (disk, storage, winner, loser) = Prepare();
            TryPublish(disk, storage, winner, crashAfter);
            disk.Restart(loseUnflushed);

            // The loser's agent comes back first, as if it had been accepted.
            var recorded = disk.List($"{Root}/attempts/s-t01000-7/PC2").Any(
                name => name.EndsWith("-2.json", StringComparison.Ordinal));
            if (recorded)
            {
                Assert.Equal(
                    PublishOutcome.Superseded,
                        new Publisher(storage).Publish(Sector, SealingPhase.PreCommit2, 2, loser));
            }

            var outcome = new Publisher(storage).Publish(Sector, SealingPhase.PreCommit2, 2, winner);
            Assert.Contains(outcome, new[] { PublishOutcome.Published, PublishOutcome.AlreadyPublished });
            Assert.Equal("winner's replica", disk.ReadText($"{Root}/sealed/s-t01000-7"));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Complete_PowerLostAfterEachOperation_AttemptIsCompleteOrNotAndCanBeCompletedAgain(bool loseUnflushed)
    {
        for (var crashAfter = 0; ; crashAfter++)
        {
            var (disk, storage) = NewDisk();
            var attempt = storage.Attempts(Sector, SealingPhase.AddPiece).Create(1, 1);
            disk.WriteText(attempt.PathOf(AttemptFileName.Unsealed), "data");
            disk.CrashAfter = disk.Operations + crashAfter;
            try
            {
                attempt.Complete();
                return;
            }
            catch (PowerLostException)
            {
                disk.Restart(loseUnflushed);
            }

            var found = storage.Attempts(Sector, SealingPhase.AddPiece).Find(attempt.Id);
            Assert.NotNull(found);
            if (found.ReadManifest() is { } manifest)
            {
                Assert.Empty(found.Check(manifest));
                Assert.Equal("data", disk.ReadText(found.PathOf(AttemptFileName.Unsealed)));
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Finalize_PowerLostAfterEachOperation_RepeatedEndsTheSame(bool loseUnflushed)
    {
        for (var crashAfter = 0; ; crashAfter++)
        {
            var (disk, storage, winner, _) = Prepare();
            TryPublish(disk, storage, winner, int.MaxValue);
            disk.CrashAfter = disk.Operations + crashAfter;
            var isWhole = true;
            try
            {
                new SectorFiles(storage).Finalize(Sector, keepUnsealed: false);
            }
            catch (PowerLostException)
            {
                isWhole = false;
                disk.Restart(loseUnflushed);
                new SectorFiles(storage).Finalize(Sector, keepUnsealed: false);
            }

            Assert.Equal(["p_aux"], disk.List($"{Root}/cache/s-t01000-7"));
            Assert.Equal("winner's replica", disk.ReadText($"{Root}/sealed/s-t01000-7"));
            Assert.Empty(disk.List($"{Root}/attempts"));
            if (isWhole)
            {
                return;
            }
        }
    }

    [Fact]
    public void Finalize_CancelledAtEachOperation_StopsThereAndEndsTheSameWhenRepeated()
    {
        for (var cancelAt = 1; ; cancelAt++)
        {
            var (disk, storage, winner, _) = Prepare();
            TryPublish(disk, storage, winner, int.MaxValue);
            using var cancel = new CancellationTokenSource();
            var deletions = 0;
            disk.Changing = () =>
            {
                if (++deletions == cancelAt)
                {
                    cancel.Cancel();
                }
            };
            try
            {
                new SectorFiles(storage).Finalize(Sector, keepUnsealed: false, cancel.Token);
                Assert.InRange(cancelAt, 3, 40);
                return;
            }
            catch (OperationCanceledException)
            {
                // The operation under way is done, and the flush that makes the names durable, but nothing after it.
                Assert.InRange(deletions, cancelAt, cancelAt + 1);
            }

            new SectorFiles(storage).Finalize(Sector, keepUnsealed: false);
            Assert.Equal(["p_aux"], disk.List($"{Root}/cache/s-t01000-7"));
            Assert.Empty(disk.List($"{Root}/attempts"));
        }
    }

    [Fact]
    public void Complete_Cancelled_LeavesNoManifest()
    {
        var (disk, storage) = NewDisk();
        var attempt = storage.Attempts(Sector, SealingPhase.PreCommit2).Create(1, 1);
        attempt.EnsureCache();
        disk.WriteText(attempt.PathOf(AttemptFileName.Sealed), "data");
        disk.WriteText(attempt.PathOf(AttemptFileName.InCache("p_aux")), "data");
        using var cancel = new CancellationTokenSource();
        disk.Changing = cancel.Cancel;

        Assert.Throws<OperationCanceledException>(() => attempt.Complete(cancel.Token));

        Assert.Null(attempt.ReadManifest());
        Assert.Equal(2, attempt.Complete().Count);
    }

    [Fact]
    public void Publish_FileSystemShowsOldSizes_LooksIntoTheFiles()
    {
        var (disk, storage, winner, _) = Prepare();
        disk.ShowsOldSizes = true;
        var attempt = storage.Attempts(Sector, SealingPhase.PreCommit2).Find(winner)!;
        Assert.Empty(attempt.Check(attempt.ReadManifest()!));
        Assert.Equal(PublishOutcome.Published, new Publisher(storage)
            .Publish(Sector, SealingPhase.PreCommit2, 2, winner));
        Assert.NotEmpty(new SectorFiles(storage)
            .Require(Sector, AttemptFileName.InCache("p_aux"), "winner's p_aux".Length));
    }

    [Fact]
    public void Create_FolderIsClearedMeanwhile_SaysSoAtOnce()
    {
        var (disk, storage, _, _) = Prepare();
        var attempts = storage.Attempts(Sector, SealingPhase.PreCommit2);
        var operations = 0;
        disk.Changing = () =>
        {
            // The fifth is the rename to the attempt's name: just before it somebody removes the sector.
            if (++operations == 5)
            {
                new SectorFiles(storage).Remove(Sector);
            }
        };

        Assert.Contains(
            "is being removed", Assert.Throws<StorageException>(() => attempts.Create(3, 2)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void List_AnotherProcessDeletesAnAttempt_DoesNotStumbleOverIt()
    {
        var (disk, storage, winner, loser) = Prepare();
        var attempts = storage.Attempts(Sector, SealingPhase.PreCommit2);
        disk.Reading = path =>
        {
            if (path.Contains($"/{loser}/", StringComparison.Ordinal))
            {
                disk.Reading = _ => { };
                attempts.Delete(loser);
            }
        };

        var listed = attempts.List();

        Assert.Contains(winner, listed.Select(attempt => attempt.Id));
        Assert.All(listed.Where(attempt => attempt.Id == loser), gone => Assert.Null(gone.ReadManifest()));
        Assert.Equal([winner], attempts.List().Select(attempt => attempt.Id));
    }

    private static (int Operations, CrashDisk Disk) Run(int crashAfter, bool loseUnflushed)
    {
        var (disk, storage, winner, _) = Prepare();
        var before = disk.Operations;
        TryPublish(disk, storage, winner, crashAfter);
        if (crashAfter != int.MaxValue)
        {
            disk.Restart(loseUnflushed);
            var outcome = new Publisher(storage).Publish(Sector, SealingPhase.PreCommit2, 2, winner);
            Assert.Contains(outcome, new[] { PublishOutcome.Published, PublishOutcome.AlreadyPublished });
        }

        return (disk.Operations - before, disk);
    }

    private static void TryPublish(CrashDisk disk, StorageFolder storage, AttemptId winner, int crashAfter)
    {
        disk.CrashAfter = crashAfter == int.MaxValue ? int.MaxValue : disk.Operations + crashAfter;
        try
        {
            Assert.Equal(
                PublishOutcome.Published, new Publisher(storage).Publish(Sector, SealingPhase.PreCommit2, 2, winner));
        }
        catch (PowerLostException)
        {
            // What is left of it is the test's subject.
        }
    }

    /// <summary>Two complete attempts of one order; the second one is accepted.</summary>
    private static (CrashDisk Disk, StorageFolder Storage, AttemptId Winner, AttemptId Loser) Prepare()
    {
        var (disk, storage) = NewDisk();
        var loser = Fill(disk, storage, "loser");
        var winner = Fill(disk, storage, "winner");
        return (disk, storage, winner, loser);
    }

    private static (CrashDisk Disk, StorageFolder Storage) NewDisk()
    {
        var disk = new CrashDisk();
        disk.MakeTree(Root);
        return (disk, new StorageFolder(Root, new SectorStoreConfig { Id = "test" }, disk));
    }

    private static AttemptId Fill(CrashDisk disk, StorageFolder storage, string who)
    {
        var attempt = storage.Attempts(Sector, SealingPhase.PreCommit2).Create(3, 2);
        attempt.EnsureCache();
        disk.WriteText(attempt.PathOf(AttemptFileName.Sealed), $"{who}'s replica");
        disk.WriteText(attempt.PathOf(AttemptFileName.InCache("p_aux")), $"{who}'s p_aux");
        disk.WriteText(attempt.PathOf(AttemptFileName.InCache("sc-02-data-tree-d.dat")), $"{who}'s tree-d");
        attempt.Complete();
        return attempt.Id;
    }
}
