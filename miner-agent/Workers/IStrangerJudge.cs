namespace Federation.MinerAgent.Workers;

/// <summary>Decides about a task that a worker has and that nobody here waits for.</summary>
public interface IStrangerJudge
{
    /// <summary>What becomes of it. Must not block, and must not call the pool.</summary>
    StrangerVerdict Judge(TaskKey key);
}
