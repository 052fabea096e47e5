using Federation.Proofs;
using Federation.Proofs.Groth16.Parameters;
using Federation.Proto.Gates;
using Federation.Proto.Records;
using Federation.Storage;
using Federation.Storage.Attempts;
using Federation.Storage.Config;
using Federation.Storage.Space;
using Federation.Worker.Parameters;
using Federation.Worker.Phases;
using Federation.Worker.Session;
using Federation.Worker.Tasks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Worker.Tests.Tasks;

/// <summary>A 2 KiB sector through the real phases, attempt by attempt, on a storage path of its own.</summary>
public sealed partial class PhaseExecutorTests : IDisposable
{
    private const string ZeroPiece = "baga6ea4seaqpy7usqklokfx2vxuynmupslkeutzexe2uqurdg5vhtebhxqmpqmy";

    private static readonly SectorId Sector = new(1000, 7);
    private static readonly string Ticket = new('1', 64), Seed = new('2', 64);

    private readonly TempFolder _folder = new();
    private readonly StorageFolder _storage;
    private readonly StorageMap _map = new();
    private readonly FixedSpace _space = new() { Free = 1L << 40 };
    private uint _order;

    public PhaseExecutorTests()
    {
        var repository = Directory.CreateDirectory(_folder.In("repo")).FullName;
        StoragePaths.Attach(
            repository, _folder.In("storage"),
            new SectorStoreConfig { Id = Guid.NewGuid().ToString(), CanSeal = true, CanStore = true });
        _storage = StorageFolder.Open(_folder.In("storage"));
        _map.Set([new StoragePath { Id = _storage.Id, Path = _storage.Root }]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_EveryPhaseInTurn_LeavesAFinalizedSector()
    {
        var piece = await RunAndPublishAsync(Task("AP"));
        Assert.Equal(ZeroPiece, Assert.Single(piece.Pieces).Cid);
        Assert.Equal(2055, new FileInfo(_storage.Paths(Sector).Unsealed).Length);
        await RunAndPublishAsync(Task("PC1"));
        var pc2 = await RunAndPublishAsync(Task("PC2"));
        var c1 = Task("C1");
        (c1.CommD, c1.CommR) = (pc2.CommD, pc2.CommR);
        var proof = await RunAndPublishAsync(c1);
        var output = Path.Combine(_storage.Paths(Sector).Handover, "c1.json");
        Assert.Equal((ulong)new FileInfo(output).Length, proof.ProofBytes);
        Assert.True((await RunAsync(Task("FIN"))).Ok);
        Assert.Equal(
            ["p_aux", "sc-02-data-tree-r-last.dat", "t_aux"],
            Directory.GetFiles(_storage.Paths(Sector).Cache).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True((await RunAsync(Task("RM"))).Ok);
        Assert.Equal(SectorFileType.None, new SectorFiles(_storage).Find(Sector));
    }

    [Fact]
    public async Task RunAsync_EarlierAttemptHasWholeLayers_TakesThemOver()
    {
        await RunAndPublishAsync(Task("AP"));
        await RunAsync(Task("PC1"));
        var first = _storage.Attempts(Sector, SealingPhase.PreCommit1).List().Single();
        var layer = first.PathOf(AttemptFileName.InCache(CacheFiles.Layer(1)));
        var written = DateTime.UnixEpoch.AddYears(40);
        File.SetLastWriteTimeUtc(layer, written);
        File.Delete(first.PathOf(AttemptFileName.InCache(CacheFiles.Layer(2))));
        var second = Task("PC1");
        await RunAsync(second);
        var attempt = _storage.Attempts(Sector, SealingPhase.PreCommit1).Find(AttemptId.Parse(second.Attempt))!;
        Assert.Equal(written, File.GetLastWriteTimeUtc(attempt.PathOf(AttemptFileName.InCache(CacheFiles.Layer(1)))));
        Assert.True(File.Exists(attempt.PathOf(AttemptFileName.InCache(CacheFiles.Layer(2)))));
    }

    [Fact]
    public async Task RunAsync_SectorOfZeros_LeavesItsTreeToOthersAndTheyKeepIt()
    {
        await RunAndPublishAsync(Task("AP"));
        await RunAndPublishAsync(Task("PC1"));
        var shared = _storage.ZeroTreeD(2048);
        var once = DateTime.UnixEpoch.AddYears(40);
        File.SetLastWriteTimeUtc(shared, once);

        await RunAsync(Task("RM"));
        await RunAndPublishAsync(Task("AP"));
        await RunAndPublishAsync(Task("PC1"));

        Assert.Equal(once, File.GetLastWriteTimeUtc(Path.Combine(_storage.Paths(Sector).Cache, CacheFiles.TreeD)));
        await RunAndPublishAsync(Task("PC2"));
    }

    // The first attempt was cancelled behind tree-c: the second has tree-c by another name, and the same CommR.
    [Fact]
    public async Task RunAsync_EarlierAttemptHasAMarkedTree_TakesItOver()
    {
        await RunAndPublishAsync(Task("AP"));
        await RunAndPublishAsync(Task("PC1"));
        var whole = await RunAsync(Task("PC2"));
        using var cancel = new CancellationTokenSource();
        var broken = Task("PC2");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Executor().RunAsync(broken, new CancelIn("tree-r-last", cancel), cancel.Token));
        var tree = AttemptFileName.InCache(CacheFiles.TreeC(SectorShape.Parse("2KiB"), 0));
        var written = DateTime.UnixEpoch.AddYears(40);
        File.SetLastWriteTimeUtc(AttemptOf(broken).PathOf(tree), written);

        var second = Task("PC2");
        var result = await RunAsync(second);
        Assert.Equal(whole.CommR, result.CommR);
        Assert.Equal(written, File.GetLastWriteTimeUtc(AttemptOf(second).PathOf(tree)));
    }

    // The marks of its trees are gone when PC2 ends. A worker that is lost before the result was taken leaves an
    // attempt whose files nobody vouches for, torn or not: it is done again, and the files of the first are only read.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_EarlierAttemptEndedButWasNotPublished_IsDoneAgainTheSame(bool isTorn)
    {
        await RunAndPublishAsync(Task("AP"));
        await RunAndPublishAsync(Task("PC1"));
        var lost = Task("PC2");
        var whole = await RunAsync(lost);
        var tree = AttemptFileName.InCache(CacheFiles.TreeC(SectorShape.Parse("2KiB"), 0));
        var good = await File.ReadAllBytesAsync(AttemptOf(lost).PathOf(tree));
        var left = isTorn ? new byte[good.Length] : good;
        await File.WriteAllBytesAsync(AttemptOf(lost).PathOf(tree), left);

        var second = Task("PC2");
        var result = await RunAsync(second);

        Assert.Equal((whole.CommD, whole.CommR), (result.CommD, result.CommR));
        Assert.Equal(whole.Files, result.Files);
        Assert.Equal(good, await File.ReadAllBytesAsync(AttemptOf(second).PathOf(tree)));
        Assert.Equal(left, await File.ReadAllBytesAsync(AttemptOf(lost).PathOf(tree)));
    }

    [Fact]
    public Task RunAsync_UnsealedFileIsMissing_IsInvalidInput() =>
        AssertFailsAsync(Task("PC1"), FailureKind.InvalidInput, "missing");

    [Fact]
    public async Task RunAsync_TicketIsMalformed_IsInvalidInput()
    {
        await RunAndPublishAsync(Task("AP"));
        var task = Task("PC1");
        task.Ticket = "12";
        await AssertFailsAsync(task, FailureKind.InvalidInput, "ticket");
    }

    [Fact]
    public async Task RunAsync_PieceHasAWrongSize_IsInvalidInput()
    {
        await RunAndPublishAsync(Task("AP"));
        var task = Task("PC1");
        task.Pieces[0].Size = 1000;
        await AssertFailsAsync(task, FailureKind.InvalidInput, "1000");
    }

    [Fact]
    public async Task RunAsync_ReplicaOfAnotherCommR_IsInvalidInput()
    {
        await RunAndPublishAsync(Task("AP"));
        await RunAndPublishAsync(Task("PC1"));
        var task = Task("PC2");
        task.CommR = new string('3', 64);
        await AssertFailsAsync(task, FailureKind.InvalidInput, "CommR");
    }

    [Fact]
    public Task RunAsync_NoRoom_IsTemporary()
    {
        _space.Free = 100;
        return AssertFailsAsync(Task("AP"), FailureKind.Temporary, "free some space");
    }

    [Fact]
    public Task RunAsync_AnotherStorageIsMounted_IsTemporary()
    {
        var task = Task("AP");
        task.StorageId = Guid.NewGuid().ToString();
        _map.Set([new StoragePath { Id = task.StorageId, Path = _storage.Root }]);
        return AssertFailsAsync(task, FailureKind.Temporary, "another file system");
    }

    [Fact]
    public async Task RunAsync_CancelledWhileStretched_EndsAtOnceAndDiscardRemovesTheFolder()
    {
        var task = Task("AP");
        using var cancel = new CancellationTokenSource();
        var running = Executor(new() { ["AP"] = TimeSpan.FromHours(1) })
            .RunAsync(task, new Progress<PhaseProgress>(), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Bounds.Limit));
        await Executor().DiscardAsync(task);
        await Executor().DiscardAsync(task);
        Assert.Null(_storage.Attempts(Sector, SealingPhase.AddPiece).Find(AttemptId.Parse(task.Attempt)));
    }

    private PhaseExecutor Executor(Dictionary<string, TimeSpan>? stretch = null, IPhaseRunner? runner = null) => new(
        runner ?? new PhaseRunner(new SealOptions { Threads = 1 }), _map, _space,
        new Stretch(stretch ?? [], TimeProvider.System),
        ParameterSettings.Read(static _ => null, _folder.In("params")),
        new ParameterNotice(NullLogger<ParameterNotice>.Instance));

    private Task<TaskResult> RunAsync(Assign task) =>
        Executor().RunAsync(task, new Progress<PhaseProgress>(), CancellationToken.None);

    private async Task SealThroughCommit1Async()
    {
        foreach (var phase in new[] { "AP", "PC1", "PC2", "C1" })
        {
            await RunAndPublishAsync(Task(phase));
        }
    }

    private async Task AssertFailsAsync(Assign task, FailureKind kind, string part)
    {
        var failure = await Assert.ThrowsAsync<PhaseFailedException>(() => RunAsync(task));
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
    }

    private async Task<TaskResult> RunAndPublishAsync(Assign task, IPhaseRunner? runner = null)
    {
        var result = await Executor(runner: runner)
            .RunAsync(task, new Progress<PhaseProgress>(), CancellationToken.None);
        Assert.True(result.Ok);
        var (phase, attempt) = (SealingPhases.Parse(task.Phase), AttemptId.Parse(task.Attempt));
        var reported = result.Files.Select(
            file => new Storage.Attempts.AttemptFile(file.Name, (long)file.Size)).ToList();
        Assert.Empty(_storage.Attempts(Sector, phase).Find(attempt)!.Check(reported));
        Assert.Equal(PublishOutcome.Published, new Publisher(_storage).Publish(Sector, phase, task.Order, attempt));
        return result;
    }

    private Assign Task(string phase)
    {
        _order++;
        var attempt = phase is "FIN" or "RM" ? "1-1"
            : _storage.Attempts(Sector, SealingPhases.Parse(phase)).Create(1, _order).Id.ToString();
        return new Assign
        {
            TaskId = Guid.NewGuid().ToString(),
            Phase = phase,
            Sector = Sector.Number,
            Epoch = 1,
            Order = _order,
            Attempt = attempt,
            StorageId = _storage.Id,
            Spec = new SealSpec { SealProof = 5, SectorSize = 2048, Miner = Sector.Miner },
            Pieces = { new Piece { Size = 2048, Cid = ZeroPiece } },
            Ticket = Ticket,
            Seed = Seed,
        };
    }

    private AttemptFolder AttemptOf(Assign task) =>
        _storage.Attempts(Sector, SealingPhases.Parse(task.Phase)).Find(AttemptId.Parse(task.Attempt))!;

    private sealed class CancelIn(string stage, CancellationTokenSource cancel) : IProgress<PhaseProgress>
    {
        public void Report(PhaseProgress value)
        {
            if (value.Stage == stage)
            {
                cancel.Cancel();
            }
        }
    }

    private sealed class FixedSpace : IFreeSpace
    {
        public long Free { get; set; }

        public long FreeBytes(string path) => Free;
    }
}
