using Federation.Proofs;
using Federation.Worker.Phases;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Worker.Tests.Phases;

/// <summary>PC1 of groups through the runner, against sectors that ran alone.</summary>
public sealed class PreCommit1LanesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly PhaseRunner _alone = new(new SealOptions());
    private readonly PhaseRunner _runner;

    public PreCommit1LanesTests() => _runner = Runner(new SealOptions());

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task PreCommit1Async_ThreeOfAGroup_AreAsEachAlone(int proof)
    {
        var tasks = await GroupAsync(proof, 3);
        var stages = new List<string>();
        var outcomes = await Task.WhenAll(
            tasks.Select(task => _runner.PreCommit1Async(task, new Heard(stages), default))).WaitAsync(Bounds.Limit);

        Assert.Contains(stages, stage => stage.EndsWith(", 3 in lockstep", StringComparison.Ordinal));
        for (var i = 0; i < tasks.Count; i++)
        {
            var alone = tasks[i] with { CachePath = tasks[i].CachePath + "-alone", Lanes = null };
            var expected = await _alone.PreCommit1Async(alone, null, default).WaitAsync(Bounds.Limit);
            Assert.Equal((expected.CommD, expected.ReplicaId), (outcomes[i].CommD, outcomes[i].ReplicaId));
            Assert.Equal(expected.Output.ToArray(), outcomes[i].Output.ToArray());
            AssertSameFiles(alone.CachePath, tasks[i].CachePath);
        }
    }

    [Fact]
    public async Task PreCommit1Async_OneHasNoData_FailsAloneAndTheOthersEnd()
    {
        var tasks = await GroupAsync(5, 3);
        File.Delete(tasks[1].UnsealedPath);
        var running = tasks.Select(task => _runner.PreCommit1Async(task, null, default)).ToList();

        var failure = await Assert.ThrowsAsync<PhaseException>(() => running[1].WaitAsync(Bounds.Limit));
        Assert.Equal(PhaseFault.InvalidInput, failure.Fault);
        await Task.WhenAll(running[0], running[2]).WaitAsync(Bounds.Limit);
        await AssertAsAloneAsync(tasks[0]);
        await AssertAsAloneAsync(tasks[2]);
    }

    // What fails early is said early: its agent can try elsewhere while the others go on for hours.
    [Fact]
    public async Task PreCommit1Async_OneFailsAmidLayers_EndsBeforeTheOthers()
    {
        var tasks = await GroupAsync(6, 2);
        using var failed = new ManualResetEventSlim();
        var wasEarly = false;
        var leaving = _runner.PreCommit1Async(tasks[0], null, default);
        _ = leaving.ContinueWith(_ => failed.Set(), TaskScheduler.Default);
        var staying = _runner.PreCommit1Async(
            tasks[1],
            new Heard([], value =>
            {
                if (value.Stage.StartsWith("layer 1", StringComparison.Ordinal) && Directory.Exists(tasks[0].CachePath))
                {
                    Directory.Delete(tasks[0].CachePath, recursive: true);
                }

                // The group waits here until the one that fell out has ended.
                wasEarly |= value.Stage.StartsWith("layer 2", StringComparison.Ordinal) && failed.Wait(Bounds.Limit);
            }),
            default);

        await Assert.ThrowsAsync<PhaseException>(() => leaving.WaitAsync(Bounds.Limit));
        await staying.WaitAsync(Bounds.Limit);
        Assert.True(wasEarly);
        Assert.False(Directory.Exists(tasks[0].CachePath));
        await AssertAsAloneAsync(tasks[1]);
    }

    [Fact]
    public async Task PreCommit1Async_OneCancelledAmidLayers_FallsOutAndTheOthersEnd()
    {
        var tasks = await GroupAsync(6, 2);
        using var cancel = new CancellationTokenSource();
        var progress = new Heard([], value =>
        {
            if (value.Stage.StartsWith("layer 1", StringComparison.Ordinal))
            {
                cancel.Cancel();
            }
        });
        var leaving = _runner.PreCommit1Async(tasks[0], progress, cancel.Token);
        var staying = _runner.PreCommit1Async(tasks[1], null, default);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving.WaitAsync(Bounds.Limit));
        await staying.WaitAsync(Bounds.Limit);
        Assert.False(File.Exists(Path.Combine(tasks[0].CachePath, CacheFiles.TAux)));
        await AssertAsAloneAsync(tasks[1]);
        // What it had is taken up by a run of its own.
        await _alone.PreCommit1Async(tasks[0] with { Lanes = null }, null, default).WaitAsync(Bounds.Limit);
        await AssertAsAloneAsync(tasks[0]);
    }

    [Fact]
    public async Task PreCommit1Async_AllCancelled_AllEnd()
    {
        var tasks = await GroupAsync(6, 2);
        using var cancel = new CancellationTokenSource();
        var running = tasks.Select(
            task => _runner.PreCommit1Async(task, new Heard([], _ => cancel.Cancel()), cancel.Token)).ToList();
        foreach (var one in running)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one.WaitAsync(Bounds.Limit));
        }

        Assert.All(tasks, task => Assert.False(File.Exists(Path.Combine(task.CachePath, CacheFiles.TAux))));
    }

    [Fact]
    public async Task PreCommit1Async_CancelledWhileTheOthersAreToCome_IsNotWaitedFor()
    {
        var tasks = await GroupAsync(5, 3);
        using var cancel = new CancellationTokenSource();
        var leaving = _runner.PreCommit1Async(tasks[0], null, cancel.Token);
        var staying = _runner.PreCommit1Async(tasks[1], null, default);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving.WaitAsync(Bounds.Limit));
        await Task.WhenAll(staying, _runner.PreCommit1Async(tasks[2], null, default)).WaitAsync(Bounds.Limit);
        await AssertAsAloneAsync(tasks[1]);
    }

    [Fact]
    public async Task PreCommit1Async_TooLittleMemoryForLanes_RunsOneByOne()
    {
        var tasks = await GroupAsync(6, 2);
        var stages = new List<string>();
        var runner = Runner(new SealOptions { MemoryBytes = SealOptions.MinimumMemoryBytes });
        await Task.WhenAll(tasks.Select(task => runner.PreCommit1Async(task, new Heard(stages), default)))
            .WaitAsync(Bounds.Limit);
        Assert.DoesNotContain(stages, stage => stage.Contains("lockstep", StringComparison.Ordinal));
        await AssertAsAloneAsync(tasks[1]);
    }

    [Fact]
    public async Task PreCommit1Async_TooLittleMemoryButADisk_RunsInLockstepAsEachAlone()
    {
        var tasks = await GroupAsync(6, 2);
        var stages = new List<string>();
        var scratch = Directory.CreateDirectory(_folder.In("scratch")).FullName;
        var runner = Runner(new SealOptions { MemoryBytes = SealOptions.MinimumMemoryBytes,
            LaneScratchDirectory = scratch });
        await Task.WhenAll(tasks.Select(task => runner.PreCommit1Async(task, new Heard(stages), default)))
            .WaitAsync(Bounds.Limit);
        Assert.Contains(stages, stage => stage.EndsWith(", 2 in lockstep", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(scratch));
        await AssertAsAloneAsync(tasks[1]);
    }

    [Fact]
    public async Task PreCommit1Async_DiskHasNoRoom_FailsBeforeAnythingIsComputed()
    {
        var sector = new PhaseSector(SealConfig.FromRegistered(9), 1000, 1);
        var tasks = Enumerable.Range(0, 16).Select(i => new PreCommit1Task
        {
            Sector = sector,
            Ticket = default,
            Pieces = [],
            UnsealedPath = _folder.In("none"),
            CachePath = _folder.In($"cache-{i}"),
            Lanes = new LaneShare("group", 16),
        });
        var scratch = Directory.CreateDirectory(_folder.In("scratch")).FullName;
        var runner = Runner(new SealOptions { LaneScratchDirectory = scratch });

        var running = tasks.Select(task => runner.PreCommit1Async(task, null, default)).ToList();

        foreach (var one in running)
        {
            var failure = await Assert.ThrowsAsync<PhaseException>(() => one.WaitAsync(Bounds.Limit));
            Assert.Equal(PhaseFault.Storage, failure.Fault);
            Assert.StartsWith($"{scratch} has ", failure.Message, StringComparison.Ordinal);
            Assert.Contains(
                "the layers of 16 sectors of 64GiB in lanes need 2097152 MiB there", failure.Message,
                StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFileSystemEntries(scratch));
    }

    [Fact]
    public async Task PreCommit1Async_DifferentGraphs_RunOneByOne()
    {
        var tasks = await GroupAsync(5, 1);
        tasks = [tasks[0] with { Lanes = new LaneShare("g", 2) },
            (await GroupAsync(0, 1, first: 9))[0] with { Lanes = new LaneShare("g", 2) }];
        await Task.WhenAll(tasks.Select(task => _runner.PreCommit1Async(task, null, default))).WaitAsync(Bounds.Limit);
        await AssertAsAloneAsync(tasks[0]);
        await AssertAsAloneAsync(tasks[1]);
    }

    private static PhaseRunner Runner(SealOptions options) =>
        new(options, new PreCommit1Lanes(options, TimeProvider.System, NullLogger<PreCommit1Lanes>.Instance));

    private async Task<List<PreCommit1Task>> GroupAsync(int proof, int count, int first = 0)
    {
        var tasks = new List<PreCommit1Task>();
        for (var i = first; i < first + count; i++)
        {
            var sector = new PhaseSector(SealConfig.FromRegistered(proof), 1000, (ulong)i);
            var unsealed = _folder.In($"unsealed-{i}");
            var piece = await _alone.AddPieceAsync(
                new AddPieceTask { Sector = sector, UnsealedPath = unsealed }, null, default);
            tasks.Add(new PreCommit1Task
            {
                Sector = sector,
                Ticket = Bytes32.FromHex(string.Concat(Enumerable.Repeat($"{i:x2}", 32))),
                Pieces = piece.Pieces,
                UnsealedPath = unsealed,
                CachePath = _folder.In($"cache-{i}"),
                RecordedCachePath = "/final/cache",
                Lanes = new LaneShare("group", count),
            });
        }

        return tasks;
    }

    private async Task AssertAsAloneAsync(PreCommit1Task task)
    {
        var alone = task with { CachePath = task.CachePath + "-alone", Lanes = null };
        await _alone.PreCommit1Async(alone, null, default).WaitAsync(Bounds.Limit);
        AssertSameFiles(alone.CachePath, task.CachePath);
    }

    private static void AssertSameFiles(string expected, string actual)
    {
        var names = Directory.GetFiles(expected).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(names, Directory.GetFiles(actual).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.Equal(
            File.ReadAllBytes(Path.Combine(expected, name!)), File.ReadAllBytes(Path.Combine(actual, name!))));
    }

    private sealed class Heard(List<string> stages, Action<PhaseProgress>? at = null) : IProgress<PhaseProgress>
    {
        public void Report(PhaseProgress value)
        {
            lock (stages)
            {
                stages.Add(value.Stage);
            }

            at?.Invoke(value);
        }
    }
}
