using Federation.Proofs;
using Federation.Proto.Gates;
using Federation.Proto.Records;
using Microsoft.Extensions.Logging;

namespace Federation.Worker.Tasks;

/// <summary>
/// What this worker computes and what it has computed. It goes on whether an agent is connected or not; a result is
/// kept until the agent says that it has been taken. Thread-safe.
/// </summary>
public sealed partial class WorkerTasks(
    IPhaseExecutor executor, ResultStore results, TimeProvider time, ILogger<WorkerTasks> logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RunningTask> _running = new(StringComparer.Ordinal);
    private bool _stopping;

    /// <summary>Raised with what the agent should hear: results, and progress now and then.</summary>
    public event Action<WorkerMessage>? Produced;

    /// <summary>What runs, and what is finished and not taken yet.</summary>
    public IReadOnlyList<RunningTaskRef> Tasks()
    {
        lock (_gate)
        {
            return [.. _running.Values.Select(running => Ref(running.Task, false)),
                .. results.All.Where(kept => !_running.ContainsKey(kept.Task.TaskId))
                    .Select(kept => Ref(kept.Task, true))];
        }
    }

    /// <summary>Results not taken yet.</summary>
    public IReadOnlyList<TaskResult> Results() => [.. results.All.Select(kept => kept.Result)];

    /// <summary>Starts a task; one that is known already goes on as it is.</summary>
    public void Start(Assign task)
    {
        if (!Guid.TryParse(task.TaskId, out _))
        {
            Produced?.Invoke(new WorkerMessage { Rejected =
                new TaskRejected { TaskId = task.TaskId, Reason = "its id is no uuid" } });
            return;
        }

        lock (_gate)
        {
            if (_stopping || _running.ContainsKey(task.TaskId) || results.Find(task.TaskId) is not null)
            {
                return;
            }

            var running = new RunningTask(task, time);
            _running.Add(task.TaskId, running);
            running.Ended = Task.Run(() => RunAsync(running));
        }
    }

    /// <summary>Stops a task and removes its attempt's folder; of a finished one, forgets the result.</summary>
    public async Task CancelAsync(string taskId, string reason)
    {
        RunningTask? running;
        lock (_gate)
        {
            running = _running.GetValueOrDefault(taskId);
        }

        var task = running?.Task ?? results.Find(taskId)?.Task;
        if (running is not null)
        {
            await running.Cancel.CancelAsync();
            await running.Ended;
        }

        if (task is not null)
        {
            Log.Cancelled(logger, task.Phase, task.Sector, reason);
            results.Remove(taskId);
            await executor.DiscardAsync(task);
        }
    }

    /// <summary>The agent has a task's result for good.</summary>
    public void Taken(string taskId) => results.Remove(taskId);

    /// <summary>Stops everything that runs, without results: what was computed so far is lost with this
    /// process.</summary>
    public async ValueTask DisposeAsync()
    {
        List<RunningTask> running;
        lock (_gate)
        {
            _stopping = true;
            running = [.. _running.Values];
        }

        foreach (var task in running)
        {
            await task.Cancel.CancelAsync();
        }

        await Task.WhenAll(running.Select(task => task.Ended));
    }

    private async Task RunAsync(RunningTask running)
    {
        var task = running.Task;
        Log.Started(logger, task.Phase, task.Sector, task.Attempt);
        var started = time.GetTimestamp();
        try
        {
            var result = await ResultOfAsync(running);
            result.TaskId = task.TaskId;
            result.Seconds = time.GetElapsedTime(started).TotalSeconds;
            Keep(new KeptResult(task, result));
            Forget(running);
            Log.Finished(logger, task.Phase, task.Sector, task.Attempt, result.Ok, result.Seconds, result.Error);
            Produced?.Invoke(new WorkerMessage { Result = result });
        }
        catch (OperationCanceledException)
        {
            Log.Stopped(logger, task.Phase, task.Sector, task.Attempt);
        }
        finally
        {
            Forget(running);
        }
    }

    /// <summary>A full disk here must not cost hours of work: in memory the result lasts as long as this
    /// process.</summary>
    private void Keep(KeptResult kept)
    {
        try
        {
            results.Put(kept);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NotKept(logger, kept.Task.Phase, kept.Task.Sector, error);
        }
    }

    private async Task<TaskResult> ResultOfAsync(RunningTask running)
    {
        try
        {
            return await executor.RunAsync(running.Task, new Reporter(this, running), running.Cancel.Token);
        }
        catch (PhaseFailedException failure)
        {
            return new TaskResult { Failure = failure.Kind, Error = failure.Message };
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // A defect of ours must end as a failed phase that someone sees, not as a worker that is gone.
            Log.Defect(logger, running.Task.Phase, running.Task.Sector, error);
            return new TaskResult { Failure = FailureKind.Permanent,
                Error = $"{running.Task.Phase} failed unexpectedly: {error.Message}" };
        }
    }

    private void Forget(RunningTask running)
    {
        lock (_gate)
        {
            _running.Remove(running.Task.TaskId);
        }
    }

    private void Report(RunningTask running, PhaseProgress progress)
    {
        if (running.Meter.Take(running.Task.TaskId, progress) is { } told)
        {
            Produced?.Invoke(new WorkerMessage { Progress = told });
        }
    }

    private static RunningTaskRef Ref(Assign task, bool finished) => new()
    {
        TaskId = task.TaskId,
        Sector = task.Sector,
        Epoch = task.Epoch,
        Order = task.Order,
        Phase = task.Phase,
        Attempt = task.Attempt,
        Finished = finished,
    };

    private sealed class RunningTask(Assign task, TimeProvider time)
    {
        public Assign Task { get; } = task;

        public CancellationTokenSource Cancel { get; } = new();

        public Task Ended { get; set; } = System.Threading.Tasks.Task.CompletedTask;

        public ProgressMeter Meter { get; } = new(time);
    }

    /// <summary>Reports on the caller's thread, in order; Progress{T} would not.</summary>
    private sealed class Reporter(WorkerTasks owner, RunningTask running) : IProgress<PhaseProgress>
    {
        public void Report(PhaseProgress value) => owner.Report(running, value);
    }
}
