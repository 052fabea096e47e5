using Federation.Discovery.Store;
using Federation.MinerAgent.Tests.Simulation;
using Federation.Proto.Gates;
using Federation.Proto.Records;
using Federation.Storage;

namespace Federation.MinerAgent.Tests.Jobs;

/// <summary>One job with one agent, in situations that the random faults meet only now and then.</summary>
public sealed class JobDriverTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromHours(2);

    [Fact]
    public void TemporaryFailures_ThreeRetries_ThenTheMinerIsTold() => Run(async scene =>
    {
        scene.Worker.Outcome = _ => new TaskResult { Failure = FailureKind.Temporary, Error = "no space left" };
        await scene.World.RegisterAsync(7);
        var phase = await scene.AwaitAsync(PhaseState.Failed);
        Assert.Equal((4u, FailureKind.Temporary, "no space left"), (phase.Failures, phase.Failure, phase.Error));
        Assert.Equal(4, scene.Starts.Count);
        Assert.Empty(scene.Files.Attempts);
        await scene.Loop.Delay(TimeSpan.FromMinutes(10));
        Assert.Equal(4, scene.Starts.Count);
    });

    [Theory]
    [InlineData("PC1", 3)]
    [InlineData("PC2", 1)]
    public void TemporaryFailures_OnlyWhatTheNextAttemptTakesUp_StaysOnDisk(string phase, int folders) =>
        Run(async scene =>
    {
        var most = 0;
        scene.Worker.Outcome = _ =>
        {
            most = Math.Max(most, scene.Files.Attempts.Count());
            return scene.Starts.Count < 3 ? new TaskResult { Failure = FailureKind.Temporary, Error = "no space left" }
                : null;
        };
        await scene.World.RegisterAsync(7, phase);
        await scene.AwaitAsync(PhaseState.Done);
        Assert.Equal((3, folders), (scene.Starts.Count, most));
        Assert.Empty(scene.Files.Attempts);
    });

    [Fact]
    public void InvalidInput_IsToldAtOnce() => Run(async scene =>
    {
        scene.Worker.Outcome = _ => new TaskResult { Failure = FailureKind.InvalidInput, Error = new string('x', 900) };
        await scene.World.RegisterAsync(7);
        var phase = await scene.AwaitAsync(PhaseState.Failed);
        Assert.Equal((1u, 500), (phase.Failures, phase.Error.Length));
        Assert.Single(scene.Starts);
    });

    [Fact]
    public void StorageCannotBeWritten_IsRetriedAndThenTold() => Run(async scene =>
    {
        scene.Files.Broken = new StorageException("storage is full: free some space.");
        await scene.World.RegisterAsync(7);
        var phase = await scene.AwaitAsync(PhaseState.Failed);
        Assert.Equal((4u, FailureKind.Temporary), (phase.Failures, phase.Failure));
        Assert.Contains("free some space", phase.Error, StringComparison.Ordinal);
        Assert.Empty(scene.Starts);
    });

    [Fact]
    public void ResultWithoutItsValues_IsNotAccepted() => Run(async scene =>
    {
        scene.Worker.Outcome = _ => new TaskResult { Ok = true };
        await scene.World.RegisterAsync(7);
        Assert.Contains("names no piece", (await scene.AwaitAsync(PhaseState.Failed)).Error, StringComparison.Ordinal);
        Assert.Empty(scene.Files.Published);
    });

    [Fact]
    public void Cancel_WhileRunning_StopsTheWorkerAndRemovesTheAttempt() => Run(async scene =>
    {
        scene.Duration = TimeSpan.FromHours(1);
        await scene.World.RegisterAsync(7);
        await scene.Loop.Until(() => scene.Worker.Running.Any());
        await scene.ChangeAsync(job => job.Cancel = true);
        await scene.Loop.Until(() => !scene.Worker.Running.Any());
        await scene.Loop.Until(() => !scene.Files.Attempts.Any());
        await scene.Loop.Delay(TimeSpan.FromMinutes(10));
        Assert.Single(scene.Starts);
    });

    [Fact]
    public void JobDeleted_WhileRunning_LeavesNothing() => Run(async scene =>
    {
        scene.Duration = TimeSpan.FromHours(1);
        await scene.World.RegisterAsync(7);
        await scene.Loop.Until(() => scene.Worker.Running.Any());
        await scene.World.Board.CommitAsync(scene.World.Board.Finish(await scene.JobAsync()), CancellationToken.None);
        await scene.Loop.Until(() => scene.Agent.Jobs.Count == 0);
        await scene.Loop.Until(() => !scene.Worker.Running.Any() && !scene.Files.Attempts.Any());
        Assert.Empty(scene.Outbox.Entries);
    });

    [Fact]
    public void AgentRestarts_WhileAWorkerRuns_NothingIsComputedAgain() => Run(async scene =>
    {
        scene.Duration = TimeSpan.FromMinutes(1);
        await scene.World.RegisterAsync(7);
        await scene.Loop.Until(() => scene.Worker.Running.Any());
        scene.Worker.Disconnect();
        await scene.Agent.KillAsync();
        await scene.Loop.Delay(TimeSpan.FromSeconds(5));
        scene.StartAgent();
        await scene.Loop.Until(() => scene.Agent.Jobs.Ready.IsCompleted);
        scene.Worker.Connect(scene.Agent);
        await scene.AwaitAsync(PhaseState.Done);
        Assert.Single(scene.Starts);
        Assert.Equal(1UL, (await scene.JobAsync()).Record.Epoch);
    });

    [Fact]
    public void WorkerNeverComesBack_AfterTheGraceAnotherAttemptRuns() => Run(async scene =>
    {
        scene.Duration = TimeSpan.FromMinutes(1);
        await scene.World.RegisterAsync(7);
        await scene.Loop.Until(() => scene.Worker.Running.Any());
        scene.Worker.Kill();
        var other = scene.NewWorker("w2");
        other.Connect(scene.Agent);
        await scene.AwaitAsync(PhaseState.Done);
        Assert.Equal(["1-1", "1-2"], scene.Starts.Select(task => task.Attempt));
        Assert.Equal("1-2", scene.Files.Published[(7, 1, "AP")].ToString());
        Assert.Empty(scene.Files.Attempts);
    });

    [Fact]
    public void StoreAwayWhenAPhaseEnds_ResultWaitsInTheOutboxAndIsAcceptedLater() => Run(async scene =>
    {
        scene.Duration = TimeSpan.FromSeconds(30);
        await scene.World.RegisterAsync(7);
        await scene.Loop.Until(() => scene.Worker.Running.Any());
        scene.World.Store.IsCutOff = true;
        await scene.Loop.Until(() => scene.Outbox.Entries.Count == 1);
        Assert.Equal(1, scene.Worker.KeptResults);
        await scene.Loop.Delay(TimeSpan.FromMinutes(5));
        scene.World.Store.IsCutOff = false;
        await scene.AwaitAsync(PhaseState.Done);
        await scene.Loop.Until(() => scene.Outbox.Entries.Count == 0 && scene.Worker.KeptResults == 0);
        Assert.Single(scene.Starts);
    });

    [Fact]
    public void LeaseLost_WhileRunning_IsAdoptedAgainInTheSameEpoch() => Run(async scene =>
    {
        scene.Duration = TimeSpan.FromMinutes(2);
        await scene.World.RegisterAsync(7);
        await scene.Loop.Until(() => scene.Worker.Running.Any());
        scene.World.Store.ExpireLease((await scene.Agent.Leases.HeldAsync(CancellationToken.None)).Id);
        await scene.Loop.Delay(TimeSpan.FromSeconds(10));
        var claim = await scene.World.Store.RangeAsync(
            new RangeQuery(scene.World.Keys.Claim(7)), CancellationToken.None);
        Assert.Equal((await scene.Agent.Leases.HeldAsync(CancellationToken.None)).Id, Assert.Single(claim.Entries)
            .LeaseId);
        await scene.AwaitAsync(PhaseState.Done);
        Assert.Single(scene.Starts);
        Assert.Equal(1UL, (await scene.JobAsync()).Record.Epoch);
    });

    [Fact]
    public void ProofWanted_Grows_IsSentAgain() => Run(async scene =>
    {
        scene.Files.Proof = "/proof";
        var refusals = 2;
        scene.Agent.Uploader.Answer = _ => refusals-- > 0
            ? new ProofReceipt { Reason = "digest" } : new ProofReceipt { Accepted = true };
        await scene.World.RegisterAsync(7, "C1");
        await scene.Loop.Until(() => scene.Agent.Uploader.Uploads.Count == 3);
        await scene.Loop.Delay(TimeSpan.FromMinutes(2));
        Assert.Equal(3, scene.Agent.Uploader.Uploads.Count);
        Assert.Equal((7UL, 1u, 100UL, new string('c', 64)), Header(scene.Agent.Uploader.Uploads[0]));
        await scene.ChangeAsync(job => job.Order.ProofWanted = 1);
        await scene.Loop.Until(() => scene.Agent.Uploader.Uploads.Count == 4);
    });

    /// <summary>C1's output is read by C2 where it lies; only what the chain takes leaves the region.</summary>
    [Fact]
    public void OrderOfCommit1AndCommit2_SendsTheProofOfCommit2Alone() => Run(async scene =>
    {
        scene.Files.Proof = "/proof";
        await scene.World.RegisterAsync(7, "C1", "C2");
        await scene.AwaitAsync(PhaseState.Done, "C2");
        await scene.Loop.Until(() => scene.Agent.Uploader.Uploads.Count == 1);
        await scene.Loop.Delay(TimeSpan.FromMinutes(2));
        Assert.Single(scene.Agent.Uploader.Uploads);
        Assert.Equal(["C2"], scene.Files.ProofsAsked);
        Assert.Equal(["C1", "C2"], scene.Starts.Select(start => start.Phase));
    });

    [Fact]
    public void StorageAwayWhenTheProofIsToGo_IsSentOnceItIsBack() => Run(async scene =>
    {
        (scene.Files.Proof, scene.Files.ProofError) = ("/proof", new StorageException("stale file handle"));
        await scene.World.RegisterAsync(7, "C1");
        await scene.AwaitAsync(PhaseState.Done);
        scene.Files.ProofError = new UnauthorizedAccessException("not mounted");
        await scene.Loop.Delay(TimeSpan.FromMinutes(2));
        Assert.Empty(scene.Agent.Uploader.Uploads);
        scene.Files.ProofError = null;
        await scene.Loop.Until(() => scene.Agent.Uploader.Uploads.Count == 1);
    });

    [Fact]
    public void OutboxCannotBeWritten_ResultIsAcceptedAllTheSame() => Run(async scene =>
    {
        (scene.Files.Proof, scene.Outbox.Full) = ("/proof", new IOException("no space left on device"));
        await scene.World.RegisterAsync(7, "C1");
        await scene.AwaitAsync(PhaseState.Done);
        await scene.Loop.Delay(TimeSpan.FromMinutes(2));
        Assert.Single(scene.Starts);
        Assert.Single(scene.Agent.Uploader.Uploads);
        await scene.Loop.Until(() => scene.Outbox.Entries.Count == 0 && scene.Worker.KeptResults == 0);
    });

    [Fact]
    public void RecordUnreadableWhileWaitingForAWorker_WaitsOnceAndRunsWhenItIsMended() => Run(async scene =>
    {
        scene.Duration = TimeSpan.FromHours(1);
        await scene.World.RegisterAsync(7);
        await scene.Loop.Until(() => scene.Worker.Running.Any());
        scene.Worker.Kill();
        await scene.Loop.Until(() => scene.Agent.Scheduler.Waiting().Count == 1);
        var report = scene.World.Keys.Report(scene.World.Region, 7);
        await scene.WriteAsync(new PutOp(report, "no record"u8.ToArray()));
        scene.World.Store.ExpireLease((await scene.Agent.Leases.HeldAsync(CancellationToken.None)).Id);
        await scene.Loop.Until(() => scene.Agent.Scheduler.Waiting().Count == 0);
        await scene.WriteAsync(new DeleteOp(report));
        await scene.Loop.Until(() => scene.Agent.Scheduler.Waiting().Count == 1);
        scene.Duration = TimeSpan.FromSeconds(1);
        scene.NewWorker("w2").Connect(scene.Agent);
        await scene.AwaitAsync(PhaseState.Done);
        Assert.Equal(2, scene.Starts.Count);
    });

    private static (ulong, uint, ulong, string) Header(ProofHeader header) =>
        (header.Sector, header.Order, header.Bytes, header.Sha256);

    private static void Run(Func<SimScene, Task> scenario) => SimLoop.Run(
        async loop =>
        {
            using var scene = new SimScene(loop);
            await loop.Until(() => scene.Agent.Jobs.Ready.IsCompleted);
            scene.Worker.Connect(scene.Agent);
            await scenario(scene);
            await scene.Agent.KillAsync();
        },
        Limit);
}
