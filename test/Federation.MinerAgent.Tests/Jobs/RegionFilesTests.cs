using Federation.MinerAgent.Jobs;
using Federation.Storage;
using Federation.Storage.Attempts;
using Federation.Storage.Config;
using Federation.Storage.Space;

namespace Federation.MinerAgent.Tests.Jobs;

public sealed class RegionFilesTests : IDisposable
{
    private static readonly SectorId Sector = new(1000, 7);

    private readonly TempFolder _folder = new();
    private readonly List<StorageFolder> _storages = [];
    private readonly FreeByName _space = new();
    private readonly RegionFiles _files;

    public RegionFilesTests()
    {
        Directory.CreateDirectory(_folder.In("repo"));
        Attach("small", canSeal: true);
        Attach("large", canSeal: true);
        Attach("store", canSeal: false);
        _files = new RegionFiles(_storages, _space);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CreateAttemptAsync_NewSector_GoesWhereMostRoomIsAndStaysThere()
    {
        var first = await CreateAsync("AP", after: 0);
        Assert.Equal(Storage("large").Id, first.StorageId);
        _space.Free["large"] = 0;
        Assert.Equal(Storage("large").Id, (await CreateAsync("PC1", after: 0)).StorageId);
    }

    [Fact]
    public async Task CreateAttemptAsync_FoldersRemoved_NumbersStillGrow()
    {
        var first = await CreateAsync("PC1", after: 4);
        Assert.Equal(5UL, first.Attempt.Number);
        await _files.DiscardAsync(Sector, "PC1", 1, CancellationToken.None);
        Assert.Equal(6UL, (await CreateAsync("PC1", after: 5)).Attempt.Number);
        Assert.Single(Storage("large").Attempts(Sector, SealingPhase.PreCommit1).List());
    }

    [Theory]
    [InlineData("C1", "c1.json")]
    [InlineData("C2", "c2.proof")]
    public async Task FindProof_Published_IsThePhasesOwn(string phase, string name)
    {
        Assert.Null(_files.FindProof(Sector, phase));
        var place = await CreateAsync(phase, after: 0);
        var unsealed = Storage("large").Paths(Sector).Unsealed;
        Directory.CreateDirectory(Path.GetDirectoryName(unsealed)!);
        await File.WriteAllTextAsync(unsealed, "data");
        var folder = Storage("large").Attempts(Sector, SealingPhases.Parse(phase)).Find(place.Attempt)!;
        folder.EnsureHandover();
        await File.WriteAllTextAsync(folder.PathOf(AttemptFileName.InHandover(name)), "proof");
        folder.Complete();
        Assert.Null(_files.FindProof(Sector, phase));
        await _files.PublishAsync(Sector, phase, 1, place.Attempt, CancellationToken.None);

        Assert.Equal(Path.Combine(Storage("large").Paths(Sector).Handover, name), _files.FindProof(Sector, phase));
        Assert.Null(_files.FindProof(Sector, phase == "C1" ? "C2" : "C1"));
    }

    [Fact]
    public async Task PublishAsync_Complete_GivesFinalNamesOnceAndRemovesTheOthers()
    {
        var loser = await CreateAsync("AP", after: 0);
        var winner = await CreateAsync("AP", after: 1);
        var folder = Storage("large").Attempts(Sector, SealingPhase.AddPiece).Find(winner.Attempt)!;
        await File.WriteAllTextAsync(folder.PathOf(AttemptFileName.Unsealed), "data");
        var files = folder.Complete();
        Assert.Null(await _files.CheckAsync(Sector, "AP", winner.Attempt, files, CancellationToken.None));
        Assert.NotNull(await _files.CheckAsync(Sector, "AP", loser.Attempt, files, CancellationToken.None));
        Assert.Equal(PublishOutcome.Published, await PublishAsync(winner.Attempt));
        Assert.Equal(PublishOutcome.AlreadyPublished, await PublishAsync(winner.Attempt));
        Assert.True(File.Exists(Storage("large").Paths(Sector).Unsealed));
        Assert.Empty(Storage("large").Attempts(Sector, SealingPhase.AddPiece).List());
    }

    [Fact]
    public async Task DiscardAsync_OfAnEpoch_LeavesOtherEpochsAlone()
    {
        await CreateAsync("PC1", after: 0);
        await _files.CreateAttemptAsync(Sector, 2048, "PC1", 2, 2, 0, CancellationToken.None);
        await _files.DiscardAsync(Sector, null, 1, CancellationToken.None);
        Assert.Equal(2UL, Assert.Single(Storage("large").Attempts(Sector, SealingPhase.PreCommit1).List()).Id.Epoch);
        await _files.ForgetAsync(Sector, CancellationToken.None);
        Assert.Empty(Storage("large").Attempts(Sector, SealingPhase.PreCommit1).List());
    }

    [Theory]
    [InlineData("FIN")]
    [InlineData("RM")]
    public async Task CreateAttemptAsync_PhaseThatWorksInPlace_MakesNoFolder(string phase)
    {
        await CreateAsync("AP", after: 0);
        var place = await CreateAsync(phase, after: 3);
        Assert.Equal(4UL, place.Attempt.Number);
        Assert.False(Directory.Exists(Path.Combine(Storage("large").Root, "attempts", Sector.Name, phase)));
        Assert.Null(await _files.CheckAsync(Sector, phase, place.Attempt, [], CancellationToken.None));
    }

    private Task<AttemptPlace> CreateAsync(string phase, ulong after) =>
        _files.CreateAttemptAsync(Sector, 2048, phase, 1, 1, after, CancellationToken.None);

    private Task<PublishOutcome> PublishAsync(AttemptId attempt) =>
        _files.PublishAsync(Sector, "AP", 1, attempt, CancellationToken.None);

    private StorageFolder Storage(string name) => _storages.Single(storage => Path.GetFileName(storage.Root) == name);

    private void Attach(string name, bool canSeal)
    {
        var config = new SectorStoreConfig { Id = Guid.NewGuid().ToString(), CanSeal = canSeal, CanStore = true };
        StoragePaths.Attach(_folder.In("repo"), _folder.In(name), config);
        _storages.Add(StorageFolder.Open(_folder.In(name)));
    }

    private sealed class FreeByName : IFreeSpace
    {
        public Dictionary<string, long> Free { get; } = new() { ["small"] = 10, ["large"] = 20, ["store"] = 30 };

        public long FreeBytes(string path) => Free[Path.GetFileName(path)];
    }
}
