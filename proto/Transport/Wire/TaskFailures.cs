namespace Federation.Proto.Transport.Wire;

/// <summary>Tasks that somebody may or may not wait for.</summary>
internal static class TaskFailures
{
    /// <summary>Keeps a failure that nobody waits for from being reported as unobserved.</summary>
    public static void Observe(Task task) =>
        task.ContinueWith(
            static failed => _ = failed.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
}
