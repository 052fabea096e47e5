using Federation.Storage.Attempts;

namespace Federation.Storage.Tests;

public sealed class PublisherTests : IDisposable
{
    private static readonly SectorId Sector = new(1000, 7);
    private readonly TemporaryFolder _folder = new();
    private readonly StorageFolder _storage;
    private readonly Publisher _publisher;

    public PublisherTests()
    {
        _storage = _folder.Attach();
        _publisher = new Publisher(_storage);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Publish_CompleteAttempt_MovesFilesToLotusNames()
    {
        var attempt = Fill(epoch: 1, order: 2, "a");

        Assert.Equal(PublishOutcome.Published, Publish(2, attempt));
        Assert.Equal(PublishOutcome.AlreadyPublished, Publish(2, attempt));

        Assert.Equal("a", File.ReadAllText(Path.Combine(_storage.Root, "sealed", "s-t01000-7")));
        Assert.Equal("a", File.ReadAllText(Path.Combine(_storage.Root, "cache", "s-t01000-7", "p_aux")));
        Assert.Equal(SectorFileType.Sealed | SectorFileType.Cache, new SectorFiles(_storage).Find(Sector));
        Assert.Empty(_storage.Attempts(Sector, SealingPhase.PreCommit2).List());
    }

    [Fact]
    public void Publish_IncompleteAttempt_IsMissing()
    {
        var attempt = _storage.Attempts(Sector, SealingPhase.PreCommit2).Create(1, 2);

        Assert.Equal(PublishOutcome.Missing, Publish(2, attempt));
        Assert.Equal(
            PublishOutcome.Missing, _publisher.Publish(Sector, SealingPhase.PreCommit2, 2, new AttemptId(9, 9)));
    }

    [Fact]
    public void Publish_LaterOrder_ReplacesTheEarlierOrdersFiles()
    {
        var first = Fill(1, order: 2, "a");
        Publish(2, first);
        var second = Fill(1, order: 5, "b");

        Assert.Equal(PublishOutcome.Published, Publish(5, second));
        Assert.Equal(PublishOutcome.Superseded, Publish(2, first));
        Assert.Equal("b", File.ReadAllText(_storage.Paths(Sector).Sealed));
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public void Publish_EarlierOrderAgain_LeavesARunningLaterAttemptAlone()
    {
        var first = Fill(1, order: 2, "a");
        Publish(2, first);
        var running = Fill(1, order: 5, "b");

        Assert.Equal(PublishOutcome.AlreadyPublished, Publish(2, first));
        Assert.Equal(running.Id, Assert.Single(_storage.Attempts(Sector, SealingPhase.PreCommit2).List()).Id);
    }

    [Fact]
    public void Publish_FileShorterThanManifest_NamesFileAndSizes()
    {
        var attempt = Fill(1, 2, "abc");
        File.WriteAllText(attempt.PathOf(AttemptFileName.Sealed), "ab");

        var error = Assert.Throws<StorageException>(() => Publish(2, attempt));
        Assert.EndsWith("sealed has 2 bytes, expected 3.", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_storage.Paths(Sector).Sealed));
    }

    [Fact]
    public async Task Publish_ByTwoAtOnce_BothSucceed()
    {
        for (var order = 1U; order <= 50; order++)
        {
            var attempt = Fill(1, order, $"{order}");
            var at = order;
            var both = await Task.WhenAll(
                Task.Run(() => Publish(at, attempt)), Task.Run(() => Publish(at, attempt))).WaitAsync(
                    TimeSpan.FromMinutes(5));

            Assert.All(
                both, outcome => Assert.True(outcome is PublishOutcome.Published or PublishOutcome.AlreadyPublished));
            Assert.Equal($"{order}", await File.ReadAllTextAsync(_storage.Paths(Sector).Sealed));
        }
    }

    [Fact]
    public async Task Create_ByManyAtOnce_GivesEachItsOwnNumber()
    {
        var attempts = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            _ => Task.Run(() => _storage.Attempts(Sector, SealingPhase.PreCommit1).Create(4, 1))))
            .WaitAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(20, attempts.Select(attempt => attempt.Id).Distinct().Count());
        Assert.All(attempts, attempt => Assert.Equal(4UL, attempt.Id.Epoch));
    }

    [Fact]
    public void TryTakeOver_CompleteLayer_SurvivesTheEarlierAttempt()
    {
        var attempts = _storage.Attempts(Sector, SealingPhase.PreCommit1);
        var layer = AttemptFileName.InCache("sc-02-data-layer-1.dat");
        var earlier = attempts.Create(1, 2);
        earlier.EnsureCache();
        File.WriteAllText(earlier.PathOf(layer), "labels");
        var later = attempts.Create(2, 2);

        Assert.False(later.TryTakeOver(earlier, layer, size: 99));
        Assert.True(later.TryTakeOver(earlier, layer, size: 6));
        attempts.Delete(earlier.Id);

        Assert.Equal("labels", File.ReadAllText(later.PathOf(layer)));
        Assert.Equal(2U, attempts.Find(later.Id)!.Order);
    }

    [Fact]
    public void Check_ReportDiffersFromManifest_SaysSo()
    {
        var attempt = Fill(1, 2, "a");
        var files = attempt.ReadManifest()!;

        Assert.Empty(attempt.Check(files));
        Assert.Single(attempt.Check([files[0]]));
        Assert.Single(attempt.Check([files[0] with { Size = 2 }, files[1]]));
    }

    private PublishOutcome Publish(uint order, AttemptFolder attempt) =>
        _publisher.Publish(Sector, SealingPhase.PreCommit2, order, attempt.Id);

    private AttemptFolder Fill(ulong epoch, uint order, string content)
    {
        var attempt = _storage.Attempts(Sector, SealingPhase.PreCommit2).Create(epoch, order);
        attempt.EnsureCache();
        File.WriteAllText(attempt.PathOf(AttemptFileName.Sealed), content);
        File.WriteAllText(attempt.PathOf(AttemptFileName.InCache("p_aux")), content);
        attempt.Complete();
        return attempt;
    }
}
