using Federation.Proto.Gates;

namespace Federation.MinerAgent.Workers;

/// <summary>What one attempt is, wherever it runs and whatever its task id: matched after restarts.</summary>
/// <param name="Sector">Sector number.</param>
/// <param name="Epoch">The job's epoch that it was started under.</param>
/// <param name="Order">Number of the order.</param>
/// <param name="Phase">Task code.</param>
/// <param name="Attempt">Name of the attempt, epoch-n.</param>
public readonly record struct TaskKey(ulong Sector, ulong Epoch, uint Order, string Phase, string Attempt)
{
    /// <summary>The key of a task that a worker says it has.</summary>
    public static TaskKey Of(RunningTaskRef task) => new(task.Sector, task.Epoch, task.Order, task.Phase, task.Attempt);

    /// <summary>The key of an assignment.</summary>
    public static TaskKey Of(Assign assign) =>
        new(assign.Sector, assign.Epoch, assign.Order, assign.Phase, assign.Attempt);
}
