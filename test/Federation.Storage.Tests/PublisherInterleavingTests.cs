using Federation.Storage.Attempts;

namespace Federation.Storage.Tests;

/// <summary>Two publishers at once: the second does all its work just before each operation of the first.</summary>
public sealed class PublisherInterleavingTests
{
    private static readonly SectorId Sector = new(1000, 7);

    [Fact]
    public void Publish_SameAttemptPublishedBeforeAnyOperation_BothSucceed() => AtEachOperation((storage, first, at) =>
    {
        var attempt = Fill(storage, order: 2, "a");
        var other = PublishOutcome.Missing;
        var files = new InterleavingFileLayer(at, () => other = Publish(storage, 2, attempt));

        var own = Publish(first(files), 2, attempt);

        Assert.True(own is PublishOutcome.Published or PublishOutcome.AlreadyPublished, $"operation {at}: {own}");
        Assert.True(
            at >= files.Operations || other is PublishOutcome.Published or PublishOutcome.AlreadyPublished,
            $"operation {at}: the other's {other}");
        AssertContent(storage, "a");
        return files.Operations;
    });

    [Fact]
    public void Publish_LaterOrderPublishedBeforeAnyOperation_TheLatersFilesStay() =>
        AtEachOperation((storage, first, at) =>
        {
            var earlier = Fill(storage, order: 2, "a");
            var later = Fill(storage, order: 5, "b");
            var files = new InterleavingFileLayer(
                at, () => Assert.Equal(PublishOutcome.Published, Publish(storage, 5, later)));

            Publish(first(files), 2, earlier);

            AssertContent(storage, at < files.Operations ? "b" : "a");
            return files.Operations;
        });

    /// <summary>Runs a case with the interruption before operation 0, 1, … until one is past the last.</summary>
    private static void AtEachOperation(
        Func<StorageFolder, Func<InterleavingFileLayer, StorageFolder>, int, int> run)
    {
        var at = 0;
        for (var operations = 1; at <= operations; at++)
        {
            using var folder = new TemporaryFolder();
            var storage = folder.Attach();
            operations = run(storage, files => new StorageFolder(storage.Root, storage.Config, files), at);
        }

        Assert.True(at > 20, $"only {at} operations were interrupted");
    }

    private static PublishOutcome Publish(StorageFolder storage, uint order, AttemptId attempt) =>
        new Publisher(storage).Publish(Sector, SealingPhase.PreCommit2, order, attempt);

    private static AttemptId Fill(StorageFolder storage, uint order, string content)
    {
        var attempt = storage.Attempts(Sector, SealingPhase.PreCommit2).Create(epoch: 1, order);
        attempt.EnsureCache();
        File.WriteAllText(attempt.PathOf(AttemptFileName.Sealed), content);
        File.WriteAllText(attempt.PathOf(AttemptFileName.InCache("p_aux")), content);
        attempt.Complete();
        return attempt.Id;
    }

    private static void AssertContent(StorageFolder storage, string content)
    {
        Assert.Equal(content, File.ReadAllText(storage.Paths(Sector).Sealed));
        Assert.Equal(content, File.ReadAllText(Path.Combine(storage.Root, "cache", Sector.Name, "p_aux")));
    }
}
