using System.Collections.Concurrent;
using Federation.Proofs;
using Federation.Proto.Gates;
using Federation.Worker.Tasks;

namespace Federation.Worker.Tests.Tasks;

/// <summary>Phases that end when the test says so.</summary>
internal sealed class FakeExecutor : IPhaseExecutor
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<TaskResult>> _tasks = new();

    public ConcurrentBag<string> Started { get; } = [];

    public ConcurrentBag<string> Discarded { get; } = [];

    public void End(string taskId, TaskResult result) => Of(taskId).SetResult(result);

    public void Fail(string taskId, Exception error) => Of(taskId).SetException(error);

    public Task<TaskResult> RunAsync(
        Assign task, IProgress<PhaseProgress> progress, CancellationToken cancellationToken)
    {
        Started.Add(task.TaskId);
        progress.Report(new PhaseProgress("layer 1/2", 0.5));
        return Of(task.TaskId).Task.WaitAsync(cancellationToken);
    }

    public Task DiscardAsync(Assign task)
    {
        Discarded.Add(task.TaskId);
        return Task.CompletedTask;
    }

    private TaskCompletionSource<TaskResult> Of(string taskId) =>
        _tasks.GetOrAdd(taskId, _ =>
            new TaskCompletionSource<TaskResult>(TaskCreationOptions.RunContinuationsAsynchronously));
}
