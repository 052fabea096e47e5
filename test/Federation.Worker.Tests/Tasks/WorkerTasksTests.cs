using System.Collections.Concurrent;
using Federation.Proto.Gates;
using Federation.Proto.Records;
using Federation.Worker.Tasks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Worker.Tests.Tasks;

public sealed class WorkerTasksTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Soon = Bounds.Limit;

    private readonly TempFolder _folder = new();
    private readonly FakeExecutor _executor = new();
    private readonly List<WorkerTasks> _lives = [];
    private readonly BlockingCollection<WorkerMessage> _produced = [];
    private readonly WorkerTasks _tasks;

    public WorkerTasksTests() => _tasks = NewLife();

    [Fact]
    public void Start_PhaseEnds_ResultIsToldAndKeptUntilTaken()
    {
        var task = NewTask();
        _tasks.Start(task);
        _executor.End(task.TaskId, new TaskResult { Ok = true, CommR = "ab" });
        Assert.Equal("ab", NextResult().CommR);
        var known = Assert.Single(_tasks.Tasks());
        Assert.True(known.Finished);
        Assert.Equal((task.Sector, task.Epoch, task.Order, task.Phase, task.Attempt),
            (known.Sector, known.Epoch, known.Order, known.Phase, known.Attempt));
        _tasks.Taken(task.TaskId);
        Assert.Empty(_tasks.Tasks());
        Assert.Empty(NewLife().Results());
    }

    [Fact]
    public void Start_ResultCannotBeWritten_IsToldAndKeptInMemory()
    {
        var task = NewTask();
        _tasks.Start(task);
        Directory.Delete(_folder.Path, recursive: true);
        _executor.End(task.TaskId, new TaskResult { Ok = true, CommR = "ab" });
        Assert.Equal("ab", NextResult().CommR);
        Assert.True(Assert.Single(_tasks.Tasks()).Finished);
        Assert.Equal("ab", Assert.Single(_tasks.Results()).CommR);
        Directory.CreateDirectory(_folder.Path);
    }

    [Fact]
    public void Start_ProcessEndsBeforeTaken_NextLifeStillHasTheResult()
    {
        var task = NewTask();
        _tasks.Start(task);
        _executor.End(task.TaskId, new TaskResult { Ok = true, CommR = "ab" });
        NextResult();
        var next = NewLife();
        Assert.Equal("ab", Assert.Single(next.Results()).CommR);
        Assert.True(Assert.Single(next.Tasks()).Finished);
    }

    [Fact]
    public async Task DisposeAsync_PhaseRuns_StopsWithoutAResult()
    {
        var task = NewTask();
        _tasks.Start(task);
        Assert.False(Assert.Single(_tasks.Tasks()).Finished);
        await _tasks.DisposeAsync().AsTask().WaitAsync(Soon);
        Assert.Empty(NewLife().Tasks());
    }

    [Fact]
    public async Task CancelAsync_PhaseRuns_StopsItAndRemovesItsFolder()
    {
        var task = NewTask();
        _tasks.Start(task);
        await _tasks.CancelAsync(task.TaskId, "test").WaitAsync(Soon);
        Assert.Empty(_tasks.Tasks());
        Assert.Equal([task.TaskId], _executor.Discarded);
    }

    [Fact]
    public async Task CancelAsync_PhaseHasEnded_ForgetsTheResultAndRemovesItsFolder()
    {
        var task = NewTask();
        _tasks.Start(task);
        _executor.End(task.TaskId, new TaskResult { Ok = true });
        NextResult();
        await _tasks.CancelAsync(task.TaskId, "test").WaitAsync(Soon);
        Assert.Empty(_tasks.Tasks());
        Assert.Equal([task.TaskId], _executor.Discarded);
    }

    [Fact]
    public async Task CancelAsync_UnknownTask_DoesNothing()
    {
        await _tasks.CancelAsync(Guid.NewGuid().ToString(), "test").WaitAsync(Soon);
        Assert.Empty(_executor.Discarded);
    }

    [Fact]
    public void Start_SameTaskTwice_RunsOnce()
    {
        var task = NewTask();
        _tasks.Start(task);
        _tasks.Start(task);
        _executor.End(task.TaskId, new TaskResult { Ok = true });
        NextResult();
        _tasks.Start(task);
        Assert.Single(_executor.Started);
    }

    [Theory]
    [InlineData(FailureKind.InvalidInput)]
    [InlineData(FailureKind.Temporary)]
    public void Start_PhaseFails_ResultSaysKindAndCause(FailureKind kind)
    {
        var task = NewTask();
        _tasks.Start(task);
        _executor.Fail(task.TaskId, new PhaseFailedException(kind, "a file is missing"));
        var result = NextResult();
        Assert.False(result.Ok);
        Assert.Equal((kind, "a file is missing"), (result.Failure, result.Error));
    }

    [Fact]
    public void Start_PhaseHasADefect_IsAPermanentFailureAndTheWorkerLives()
    {
        var (bad, good) = (NewTask(), NewTask());
        _tasks.Start(bad);
        _executor.Fail(bad.TaskId, new InvalidOperationException("defect"));
        Assert.Equal(FailureKind.Permanent, NextResult().Failure);
        _tasks.Start(good);
        _executor.End(good.TaskId, new TaskResult { Ok = true });
        Assert.True(NextResult().Ok);
    }

    [Fact]
    public void Start_IdIsNoUuid_IsRejected()
    {
        _tasks.Start(new Assign { TaskId = "../x" });
        Assert.True(_produced.TryTake(out var message, Soon));
        Assert.Equal(WorkerMessage.KindOneofCase.Rejected, message.KindCase);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var life in _lives)
        {
            await life.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _folder.Dispose();
        _produced.Dispose();
    }

    private WorkerTasks NewLife()
    {
        var life = new WorkerTasks(
            _executor, new ResultStore(_folder.In("results"), NullLogger<ResultStore>.Instance), TimeProvider.System,
            NullLogger<WorkerTasks>.Instance);
        life.Produced += _produced.Add;
        _lives.Add(life);
        return life;
    }

    private TaskResult NextResult()
    {
        while (_produced.TryTake(out var message, Soon))
        {
            if (message.KindCase == WorkerMessage.KindOneofCase.Result)
            {
                return message.Result;
            }
        }

        throw new TimeoutException("no result came");
    }

    private static Assign NewTask() => new()
    {
        TaskId = Guid.NewGuid().ToString(),
        Phase = "PC1",
        Sector = 7,
        Epoch = 2,
        Order = 3,
        Attempt = "2-1",
    };
}
