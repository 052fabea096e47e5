namespace Federation.MinerAgent.Jobs;

/// <summary>Awaiting that keeps to the caller's thread.</summary>
internal static class ContextTasks
{
    /// <summary>
    /// Completes with a task, in the synchronization context of the caller where there is one. What combines tasks
    /// (<see cref="Task.WhenAny(Task[])"/>, <see cref="Task.WaitAsync(CancellationToken)"/>) is told by the thread pool
    /// of those that run their continuations asynchronously; told by this one, an agent that runs in a context of one
    /// thread never leaves it, and a simulation knows at each moment whether something is still under way.
    /// </summary>
    /// <remarks>It stays registered with the task until that ends, whatever it was combined with.</remarks>
    public static async Task InContext(this Task task) => await task;
}
